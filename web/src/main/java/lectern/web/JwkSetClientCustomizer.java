package lectern.web;

import java.time.Duration;

import io.netty.channel.ChannelOption;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.JwkSetUriReactiveJwtDecoderBuilderCustomizer;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder.JwkSetUriReactiveJwtDecoderBuilder;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Sets timeouts for fetching the keys that verify tokens. Fetched keys never expire and
 * are fetched again only for an unknown key id, so tokens can be verified while the
 * service that signs them is unavailable.
 */
class JwkSetClientCustomizer implements JwkSetUriReactiveJwtDecoderBuilderCustomizer {

	private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

	/**
	 * As long as the gateway waits for a response. A gateway that has just started needs
	 * the keys for its first private stream, and a busy service answers late: a refusal
	 * would end a native EventSource for good.
	 */
	private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

	@Override
	public void customize(JwkSetUriReactiveJwtDecoderBuilder decoder) {
		HttpClient client = HttpClient.create()
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
			.responseTimeout(RESPONSE_TIMEOUT);
		decoder.webClient(WebClient.builder().clientConnector(new ReactorClientHttpConnector(client)).build());
	}

}
