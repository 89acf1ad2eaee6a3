package lectern.acceptance.attack;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.TestScale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Malformed requests, of about 150 kinds, leave the logs under their bound and the memory
 * of the services where it was: 1,000,000 with {@code -Pproof}, 5,000 in every build.
 */
@ExtendWith(LecternExtension.class)
@Timeout(3_600)
class MalformedRequestFloodAcceptanceTests {

	private static final int REQUESTS = TestScale.size(1_000_000, 5_000);

	/** Load the code and fill the caches and meters before the memory is measured. */
	private static final int WARM_UP_REQUESTS = TestScale.size(20_000, 1_000);

	private static final List<String> SERVICES = List.of("gateway", "catalog-service", "progress-service");

	/**
	 * A fault of a client is no line of their logs. Of some kinds there are up to 60
	 * lines a minute, and a version of HTTP that is not supported is one line.
	 */
	private static final long LOG_TOLERANCE_BYTES = 128 * 1024 + 4L * REQUESTS;

	private static final String STACK_TRACES = ", lines of stack traces";

	/** Four files of 16 MB, and what is written between two looks at their size. */
	private static final long ACCESS_LOG_BOUND_BYTES = 65L << 20;

	/** Code is compiled meanwhile, and the last closed connections have timers. */
	private static final long HEAP_TOLERANCE_BYTES = 6 << 20;

	@Test
	void logsStayUnderTheirBoundAndMemoryWhereItWas(LecternInstance lectern) throws Exception {
		send(lectern, WARM_UP_REQUESTS);
		Map<String, Long> heap = heap(lectern);
		Map<String, Long> logs = logs(lectern);
		long begin = System.nanoTime();

		Map<String, Long> outcomes = send(lectern, REQUESTS);

		TestScale.report("%d malformed requests in %d s: %s", REQUESTS, (System.nanoTime() - begin) / 1_000_000_000L,
				outcomes);
		assertThat(outcomes).as("every request is answered, and none by a failure")
			.doesNotContainKeys("no answer", "500", "502", "503", "504");
		assertThat(outcomes.get("left")).isPositive();
		assertLogs(lectern, logs);
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.pollInterval(Duration.ofSeconds(1))
			.untilAsserted(() -> assertHeap(heap, heap(lectern)));
	}

	/**
	 * Two hundred a second, each on a connection of its own, compared with well-formed
	 * ones.
	 */
	@Test
	void othersAreServed(LecternInstance lectern) throws Exception {
		byte[] wellFormed = "GET /api/v1/books HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
			.getBytes(StandardCharsets.US_ASCII);
		try (Bystander bystander = Bystander.of(URI.create("http://127.0.0.1:" + lectern.port()))) {
			serveBeside(bystander, "200 well-formed requests a second",
					new RequestFlood(lectern.port(), List.of(wellFormed), List.of()));
			serveBeside(bystander, "200 malformed requests a second",
					new RequestFlood(lectern.port(), MalformedRequests.all(), MalformedRequests.cutOff()));
		}
	}

	private static void serveBeside(Bystander bystander, String attack, RequestFlood flood) throws Exception {
		AtomicBoolean going = new AtomicBoolean(true);
		CompletableFuture<Void> attacker = CompletableFuture.runAsync(() -> sendRegularly(flood, going),
				(task) -> Thread.ofPlatform().name("attacker").start(task));
		try {
			bystander.serveBeside(attack);
		}
		finally {
			going.set(false);
		}
		attacker.get(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

	private static void sendRegularly(RequestFlood flood, AtomicBoolean going) {
		try {
			SteadyRate rate = new SteadyRate(Duration.ofMillis(40));
			while (going.get()) {
				rate.awaitNext();
				flood.send(8);
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, Long> send(LecternInstance lectern, int count) throws Exception {
		RequestFlood flood = new RequestFlood(lectern.port(), MalformedRequests.all(), MalformedRequests.cutOff());
		flood.send(count);
		return flood.outcomes();
	}

	private static void assertLogs(LecternInstance lectern, Map<String, Long> before) throws IOException {
		Map<String, Long> after = logs(lectern);
		TestScale.report("logs before: %s; after: %s; lines of the access log that were dropped: %.0f", before, after,
				lectern.sumMeter("gateway", "lectern_log_dropped_total", "access"));
		for (String program : List.of("gateway", "catalog-service", "progress-service", "postgresql")) {
			assertThat(after.get(program) - before.get(program)).as("bytes that came into the log of " + program)
				.isLessThan(LOG_TOLERANCE_BYTES);
			assertThat(after.get(program + STACK_TRACES)).as("lines of stack traces in the log of " + program)
				.isEqualTo(before.get(program + STACK_TRACES));
		}
		assertThat(after.get("access")).as("the access log").isPositive().isLessThan(ACCESS_LOG_BOUND_BYTES);
	}

	/** The sizes of the logs with their older parts. */
	private static Map<String, Long> logs(LecternInstance lectern) throws IOException {
		Map<String, Long> sizes = new TreeMap<>();
		try (Stream<Path> files = Files.list(lectern.dataFolder().resolve("logs"))) {
			for (Path file : files.toList()) {
				String program = file.getFileName().toString().replaceFirst("\\.log.*", "");
				sizes.merge(program, Files.size(file), Long::sum);
				sizes.put(program + STACK_TRACES, (long) lectern.logLines(program, "\tat ").size());
			}
		}
		return sizes;
	}

	private static Map<String, Long> heap(LecternInstance lectern) throws Exception {
		Map<String, Long> bytes = new TreeMap<>();
		for (String service : SERVICES) {
			bytes.put(service, lectern.liveHeapBytes(service));
		}
		return bytes;
	}

	private static void assertHeap(Map<String, Long> before, Map<String, Long> after) {
		for (String service : SERVICES) {
			TestScale.report("%d malformed requests: heap of %s %.1f MB before, %.1f MB after", REQUESTS, service,
					before.get(service) / (double) (1 << 20), after.get(service) / (double) (1 << 20));
			assertThat(after.get(service)).as("the heap of " + service)
				.isLessThan(before.get(service) + HEAP_TOLERANCE_BYTES);
		}
	}

}
