package lectern.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** Provokes the problems of requests that HTTP clients do not send. */
final class ConnectionProblems {

	/** Limits of failures must not reach the clients of other tests. */
	private static final String OTHER_ADDRESS = "127.0.0.9";

	private static final int MAX_WRONG_KEYS = 20;

	private final int port;

	ConnectionProblems(LecternInstance lectern) {
		this.port = lectern.port();
	}

	List<ProvokedProblem> provokeAll() throws IOException {
		for (int number = 0; number < MAX_WRONG_KEYS; number++) {
			exchange(wrongKey(number));
		}
		return List.of(ProvokedProblem.parse(exchange(wrongKey(MAX_WRONG_KEYS)), "Retry-After"),
				ProvokedProblem.parse(exchange("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n"), "longer than 16 KB"),
				ProvokedProblem.parse(exchange("GET / HTTP/1.1\r\nX-Large: " + "x".repeat(20_000) + "\r\n"),
						"larger than 8 KB"),
				ProvokedProblem.parse(exchange("GET / HTTP/3.0\r\n"), "Use HTTP/1.1"));
	}

	private static String wrongKey(int number) {
		return "GET /api/v1/readers/nobody/readings HTTP/1.1\r\nAuthorization: Bearer aaaaaaaaaaaaaaa%c\r\n"
			.formatted('a' + number);
	}

	/** Send a request, and return the response as it is. */
	private String exchange(String beginning) throws IOException {
		try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), this.port,
				InetAddress.getByName(OTHER_ADDRESS), 0)) {
			socket.setSoTimeout((int) HANG_LIMIT.toMillis());
			String request = beginning + "Host: localhost\r\nConnection: close\r\n\r\n";
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
