package lectern.gateway;

import java.io.IOException;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** The limits without the short way, before which they stand otherwise. */
@NullUnmarked
@TestPropertySource(properties = { "lectern.relay.enabled=false", "lectern.limits.reads-per-address=2" })
class OrdinaryWayLimitIntegrationTests extends GatewayFixture {

	@Test
	void limitsApplyWithoutShortWay() throws IOException {
		String request = "GET /api/v1/books/missing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
		for (int left = 1; left >= 0; left--) {
			assertThat(RawResponse.to(this.port, request).values("RateLimit")).singleElement()
				.asString()
				.startsWith("\"reads-per-address\";r=" + left + ";t=");
		}
		assertThat(RawResponse.to(this.port, request).status()).isEqualTo("HTTP/1.1 429 Too Many Requests");
	}

}
