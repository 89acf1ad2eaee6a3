package lectern.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.context.TestPropertySource;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What the gateway believes of a trusted proxy, 127.0.0.1, and of anybody else. */
@NullUnmarked
@TestPropertySource(
		properties = { "lectern.proxies.trusted=127.0.0.1, 10.0.0.0/8", "lectern.proxies.proxy-protocol=true" })
class ProxyProtocolIntegrationTests extends GatewayFixture {

	private static final String PROXY = "127.0.0.1";

	private static final String OTHER = "127.0.0.2";

	private static final String VERSION_1 = "PROXY TCP4 192.0.2.7 127.0.0.1 50000 80\r\n";

	/** The signature and the command of version 2. */
	private static final String VERSION_2 = "0d0a0d0a000d0a515549540a21";

	private static final String TCP4 = VERSION_2 + "11000cc00002077f000001c3500050";

	private static final String TCP6 = VERSION_2 + "21" + "0024" + "20010db8000000000000000000000007"
			+ "00000000000000000000000000000001" + "c3500050";

	private static final String LOCAL = "0d0a0d0a000d0a515549540a20000000";

	@Test
	void firstVersionTellsAddress() throws IOException {
		assertThat(get(PROXY, bytes(VERSION_1), "")).contains("X-Forwarded-For: 192.0.2.7\n");
		assertThat(get(PROXY, bytes("PROXY TCP6 2001:db8::7 ::1 50000 80\r\n"), ""))
			.contains("X-Forwarded-For: 2001:db8:0:0:0:0:0:7\n");
		assertThat(get(PROXY, bytes("PROXY UNKNOWN\r\n"), "")).contains("X-Forwarded-For: 127.0.0.1\n");
	}

	@ParameterizedTest
	@CsvSource({ TCP4 + ", 192.0.2.7", TCP6 + ", 2001:db8:0:0:0:0:0:7", LOCAL + ", 127.0.0.1" })
	void secondVersionTellsAddress(String header, String expected) throws IOException {
		assertThat(get(PROXY, HexFormat.of().parseHex(header), "")).contains("X-Forwarded-For: " + expected + "\n");
	}

	@Test
	void clientBehindProxyIsNotBelieved() throws IOException {
		String response = get(PROXY, bytes(VERSION_1), "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\n");
		assertThat(response).contains("X-Forwarded-For: 192.0.2.7\n", "X-Forwarded-Proto: http\n")
			.doesNotContain("Strict-Transport-Security", "6.6.6.6");
	}

	@Test
	void headersOfProxyAreBelievedWithoutThisProtocol() throws IOException {
		String response = get(PROXY, bytes(""),
				"X-Forwarded-For: 6.6.6.6, 192.0.2.7, 10.1.2.3\r\nX-Forwarded-Proto: https\r\n");
		assertThat(response).contains("X-Forwarded-For: 192.0.2.7\n", "X-Forwarded-Proto: https\n")
			.containsIgnoringCase("strict-transport-security: max-age=31536000\r\n");
		assertThat(get(PROXY, bytes(""), "")).contains("X-Forwarded-For: 127.0.0.1\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "50524f5859205443503420", TCP4, LOCAL })
	void headerOfAnybodyElseEndsConnection(String header) throws IOException {
		byte[] start = header.startsWith("50") ? bytes(VERSION_1) : HexFormat.of().parseHex(header);
		assertThat(get(OTHER, start, "")).startsWith("HTTP/1.1 400 ")
			.contains("/problems/malformed")
			.doesNotContain("HTTP/1.1 200");
	}

	@Test
	void headersOfAnybodyElseChangeNothing() throws IOException {
		String response = get(OTHER, bytes(""),
				"X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: elsewhere.example\r\n");
		assertThat(response).contains("X-Forwarded-For: 127.0.0.2\n", "X-Forwarded-Proto: http\n")
			.doesNotContain("Strict-Transport-Security", "6.6.6.6", "elsewhere");
	}

	@Test
	void secondHeaderIsNotPartOfHttp() throws IOException {
		assertThat(get(PROXY, bytes(VERSION_1 + VERSION_1), "")).startsWith("HTTP/1.1 400 ");
	}

	@ParameterizedTest
	@CsvSource({ PROXY + ", __Host-lectern-token, true", OTHER + ", lectern-token, false" })
	void cookieIsSecureBehindProxyThatEndsTls(String peer, String name, boolean secure) throws IOException {
		String response = exchange(peer, bytes(""),
				"GET /api/v1/readers/ada/readings HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
						+ "X-Forwarded-Proto: https\r\nCookie: " + name + "=expired\r\n\r\n");
		assertThat(response).startsWith("HTTP/1.1 401 ").containsPattern("(?i)set-cookie: " + name + "=; .*Path=/");
		assertThat(response.contains("; Secure")).isEqualTo(secure);
	}

	private String get(String peer, byte[] start, String headers) throws IOException {
		return exchange(peer, start,
				"GET /api/v1/books HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
	}

	/** The header of the proxy arrives in two parts. */
	private String exchange(String peer, byte[] start, String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), this.port, InetAddress.getByName(peer),
				0)) {
			socket.setSoTimeout((int) HANG_LIMIT.toMillis());
			socket.setTcpNoDelay(true);
			send(socket.getOutputStream(), start, request);
			return RawResponse.readAll(socket.getInputStream());
		}
	}

	private static void send(OutputStream output, byte[] start, String request) throws IOException {
		int half = start.length / 2;
		ByteArrayOutputStream rest = new ByteArrayOutputStream();
		rest.write(start, half, start.length - half);
		rest.writeBytes(bytes(request));
		output.write(start, 0, half);
		try {
			output.write(rest.toByteArray());
		}
		catch (SocketException _) {
			// The server has refused the first part.
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
