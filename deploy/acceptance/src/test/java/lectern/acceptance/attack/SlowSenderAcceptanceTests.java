package lectern.acceptance.attack;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.TestScale;
import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that send their requests byte by byte, as the attack called slow-loris does,
 * take nothing from others and are disconnected.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class SlowSenderAcceptanceTests {

	private static final int SENDERS = 500;

	/** Longer than all of them could send within the test. */
	private static final String ENDLESS = "x".repeat(8_000);

	private static final List<String> SLOW_PARTS = List.of(
			// A head, at the begin of a connection and after empty lines.
			"", "\r\n\r\n",
			// Content that a service reads, on both ways through the gateway.
			post("/api/v1/readers", ""), post("/api/v1/tokens", "TE: trailers\r\n"),
			// Content that nobody reads.
			post("/api/v1/nothing", ""), post("/api/v1/topics", ""));

	@Test
	void slowSendersAreDisconnectedAndOthersAreServed(LecternInstance lectern) throws Exception {
		int before = connections(lectern);
		long[] alone = serve(lectern, new AtomicBoolean(true), 200);
		List<Socket> senders = connect(lectern);
		AtomicBoolean sending = new AtomicBoolean(true);
		Thread slow = Thread.ofPlatform().name("slow-senders").start(() -> sendSlowly(senders, sending));
		try {
			Awaitility.await().atMost(HANG_LIMIT).until(() -> connections(lectern) > SENDERS / 2);
			long[] beside = serve(lectern, sending, 2_000);
			TestScale.report("beside %d slow senders %d requests were served, p99 %d ms; alone %d ms", SENDERS,
					beside.length, p99(beside), p99(alone));
			Awaitility.await()
				.atMost(HANG_LIMIT)
				.pollInterval(Duration.ofMillis(500))
				.untilAsserted(
						() -> assertThat(connections(lectern)).as("open connections").isLessThanOrEqualTo(before + 10));
		}
		finally {
			sending.set(false);
			slow.join(HANG_LIMIT);
			for (Socket sender : senders) {
				sender.close();
			}
		}
	}

	private static String post(String path, String headers) {
		return "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + headers
				+ "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n";
	}

	private static int connections(LecternInstance lectern) {
		return (int) lectern.sumMeter("gateway", "lectern_http_connections", "");
	}

	private static List<Socket> connect(LecternInstance lectern) throws IOException {
		List<Socket> senders = new ArrayList<>();
		for (int index = 0; index < SENDERS; index++) {
			Socket socket = new Socket("127.0.0.1", lectern.port());
			socket.setTcpNoDelay(true);
			String first = SLOW_PARTS.get(index % SLOW_PARTS.size());
			socket.getOutputStream()
				.write((first.contains("POST") ? first : first + "GET / HTTP/1.1\r\nHost: a\r\nX: ")
					.getBytes(StandardCharsets.US_ASCII));
			senders.add(socket);
		}
		return senders;
	}

	/** A byte of each in turn; those that were disconnected are left out. */
	private static void sendSlowly(List<Socket> senders, AtomicBoolean sending) {
		List<Socket> open = new ArrayList<>(senders);
		for (int index = 0; index < ENDLESS.length() && sending.get(); index++) {
			byte next = (byte) ENDLESS.charAt(index);
			open.removeIf((socket) -> !trySend(socket, next));
			Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> true);
		}
	}

	private static boolean trySend(Socket socket, byte next) {
		try {
			socket.getOutputStream().write(next);
			return true;
		}
		catch (IOException _) {
			return false;
		}
	}

	/** Send requests one after the other, and return how long each took. */
	private static long[] serve(LecternInstance lectern, AtomicBoolean going, int count) throws IOException {
		long[] nanos = new long[count];
		int served = 0;
		try (HttpConnection connection = HttpConnection.connect(lectern.port())) {
			while (served < count && going.get()) {
				long begin = System.nanoTime();
				assertThat(
						connection.exchange(TextRequest.get("/api/v1/books/fluent-python", Map.of())).head().status())
					.isEqualTo(200);
				nanos[served++] = System.nanoTime() - begin;
			}
		}
		return Arrays.copyOf(nanos, served);
	}

	private static long p99(long[] nanos) {
		long[] sorted = nanos.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length * 99 / 100] / 1_000_000;
	}

}
