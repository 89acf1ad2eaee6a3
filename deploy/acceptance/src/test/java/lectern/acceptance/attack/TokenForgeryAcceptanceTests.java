package lectern.acceptance.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Map;

import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import lectern.acceptance.ServiceTokens;
import lectern.acceptance.TestScale;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A token that differs from a valid one in anything that matters is refused, by the
 * gateway and by each service.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, JSON Web Token Best
 * Current Practices</a>
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class TokenForgeryAcceptanceTests {

	@Test
	void forgedTokenIsRefusedEverywhere(LecternInstance lectern) throws Exception {
		ReaderClient reader = new ReaderClient(lectern);
		String readings = "/api/v1/readers/" + reader.handle() + "/readings";
		String events = "/api/v1/readers/" + reader.handle() + "/events";
		assertThat(RawExchange.get(lectern.port(), readings, bearer(reader.token())).status()).isEqualTo(200);
		try (ServerSocket forgersServer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			Map<String, String> tokens = new TokenForgery(reader.token(), new ServiceTokens(lectern).key(),
					URI.create("http://127.0.0.1:" + forgersServer.getLocalPort()))
				.tokens();
			SoftAssertions soft = new SoftAssertions();
			for (Map.Entry<String, String> forged : tokens.entrySet()) {
				for (int port : List.of(lectern.port(), lectern.port("progress-service"))) {
					assertUnauthenticated(soft, forged.getKey(), port, readings, bearer(forged.getValue()));
				}
				assertUnauthenticated(soft, forged.getKey(), lectern.port(), events, bearer(forged.getValue()));
				// The gateway renews what has expired, as long as its session lasts.
				if (!forged.getKey().startsWith("expired")) {
					assertUnauthenticated(soft, forged.getKey(), lectern.port(), readings,
							"Cookie: lectern-token=" + forged.getValue());
				}
				for (int port : List.of(lectern.port(), lectern.port("catalog-service"))) {
					assertUnauthenticated(soft, forged.getKey(), port, "/api/v1/imports", bearer(forged.getValue()));
				}
			}
			soft.assertAll();
			forgersServer.setSoTimeout(1);
			assertThatThrownBy(forgersServer::accept).as("nobody has asked the forger for a key")
				.isInstanceOf(SocketTimeoutException.class);
			TestScale.report("%d forged tokens were refused at 6 places", tokens.size());
		}
	}

	private static void assertUnauthenticated(SoftAssertions soft, String forgery, int port, String path, String header)
			throws IOException {
		RawExchange exchange = RawExchange.get(port, path, header);
		soft.assertThat(exchange.head())
			.as("a token with %s, %s at %s: %s", forgery, path, port, exchange.text())
			.startsWith("HTTP/1.1 401 ");
		soft.assertThat(exchange.text()).contains("/problems/unauthenticated").doesNotContain("Exception");
	}

	private static String bearer(String token) {
		return "Authorization: Bearer " + token;
	}

}
