package lectern.web;

import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;

import com.nimbusds.jose.jwk.JWKSet;
import io.netty.channel.ChannelOption;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Fetches the key set of the service that signs tokens. */
final class JwkSetSource {

	private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

	/**
	 * As long as the gateway waits for a response. A gateway that has just started needs
	 * the keys for its first private stream, and a busy service answers late: a refusal
	 * would end a native EventSource for good.
	 */
	private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

	private JwkSetSource() {
	}

	/**
	 * Return the keys at a URL.
	 * @return cold; each subscription is one request; fails with an {@link IOException}
	 * if there is no valid response
	 */
	static Mono<JWKSet> at(String url) {
		HttpClient client = HttpClient.create()
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
			.responseTimeout(RESPONSE_TIMEOUT);
		return client.get()
			.uri(url)
			.responseSingle((response, content) -> (response.status().code() == 200) ? content.asString()
					: Mono.error(new IOException("The keys were answered with status " + response.status().code())))
			.map(JwkSetSource::parse);
	}

	private static JWKSet parse(String content) {
		try {
			return JWKSet.parse(content);
		}
		catch (ParseException ex) {
			throw Exceptions.propagate(new IOException("The response is not a set of keys", ex));
		}
	}

}
