package lectern.gateway;

import java.util.List;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class TrustedProxyHeadersTests {

	private DisposableServer server;

	@AfterEach
	void stop() {
		this.server.disposeNow(HANG_LIMIT);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			192.0.2.7                  | https |                    | 192.0.2.7 https://lectern.example:443
			6.6.6.6, 192.0.2.7         | https | other.example      | 192.0.2.7 https://other.example:443
			192.0.2.7, 10.1.2.3        | https | other.example:8443 | 192.0.2.7 https://other.example:8443
			192.0.2.7, unknown         | http  |                    | 127.0.0.1 http://lectern.example:80
			                           | ftp   | other.example      | 127.0.0.1 http://lectern.example:80
			""")
	void trustedProxyTellsWhatTheClientAsked(String forwardedFor, String scheme, String host, String expected) {
		assertThat(send(List.of("127.0.0.1", "10.0.0.0/8"), forwardedFor, scheme, host)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.7, https, other.example" })
	void nobodyElseIsBelieved(String forwardedFor, String scheme, String host) {
		assertThat(send(List.of("10.0.0.0/8"), forwardedFor, scheme, host))
			.isEqualTo("127.0.0.1 http://lectern.example:80");
	}

	private String send(List<String> trusted, String forwardedFor, String scheme, String host) {
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.forwarded(new TrustedProxyHeaders(trusted))
			.handle((request, response) -> response.sendString(Mono.just(describe(request))))
			.bindNow(HANG_LIMIT);
		return HttpClient.create().host("127.0.0.1").port(this.server.port()).headers((headers) -> {
			headers.set("Host", "lectern.example");
			set(headers, "X-Forwarded-For", forwardedFor);
			set(headers, "X-Forwarded-Proto", scheme);
			set(headers, "X-Forwarded-Host", host);
		}).get().uri("/").responseContent().aggregate().asString().block(HANG_LIMIT);
	}

	private static void set(HttpHeaders headers, String name, String value) {
		if (value != null) {
			headers.set(name, value);
		}
	}

	private static String describe(HttpServerRequest request) {
		assertThat(request.requestHeaders().names()).noneMatch((name) -> name.startsWith("X-Forwarded"));
		return request.remoteAddress().getAddress().getHostAddress() + " " + request.scheme() + "://"
				+ request.hostName() + ":" + request.hostPort();
	}

}
