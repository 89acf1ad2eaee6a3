package lectern.web;

import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.netty.channel.ChannelOption;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Fetches the key set of whoever signs tokens. */
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
	 * Return the keys that an issuer's discovery document names.
	 * @return cold; each subscription is two requests; fails as below
	 */
	static Mono<JWKSet> ofIssuer(String issuer) {
		return fetch((issuer.endsWith("/") ? issuer : issuer + "/") + ".well-known/openid-configuration")
			.map((content) -> keysUrl(content, issuer))
			.flatMap(JwkSetSource::at);
	}

	/**
	 * The document names its issuer, so that nobody else's keys are taken for its own.
	 */
	private static String keysUrl(String document, String issuer) {
		try {
			Map<String, Object> members = JSONObjectUtils.parse(document);
			if (issuer.equals(members.get("issuer")) && members.get("jwks_uri") instanceof String url) {
				return url;
			}
		}
		catch (ParseException ex) {
			throw Exceptions.propagate(new IOException("The discovery document is not JSON", ex));
		}
		throw Exceptions.propagate(new IOException("The discovery document is not that of " + issuer));
	}

	/**
	 * Return the keys that progress-service publishes.
	 * @return cold; each subscription is one request, and another one for each further
	 * address after a failure; fails as below
	 */
	static Mono<JWKSet> of(RotatingAddress progress) {
		return Mono.defer(() -> at(progress.get() + "/.well-known/jwks.json")).retry(progress.count() - 1);
	}

	/**
	 * Return the keys at a URL.
	 * @return cold; each subscription is one request; fails with an {@link IOException}
	 * if there is no valid response
	 */
	static Mono<JWKSet> at(String url) {
		return fetch(url).map(JwkSetSource::parse);
	}

	private static Mono<String> fetch(String url) {
		HttpClient client = HttpClient.create()
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
			.responseTimeout(RESPONSE_TIMEOUT);
		return client.get()
			.uri(url)
			.responseSingle((response, content) -> (response.status().code() == 200) ? content.asString()
					: Mono.error(new IOException("The keys were answered with status " + response.status().code())));
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
