package lectern.acceptance;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.CrowdCounts;
import lectern.bench.crowd.CrowdPlan;
import lectern.bench.crowd.DisconnectMode;
import lectern.bench.crowd.StreamRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Subscribers are disconnected at random and reconnect with their last id while events
 * are written and all programs are restarted: each gets every event exactly once.
 */
@ExtendWith(LecternExtension.class)
@Timeout(900)
class RestartUnderLoadAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final String BOOK = "around-restarts";

	private static final int SHARED_SUBSCRIBERS = TestScale.size(2_000, 200);

	private static final int PRIVATE_SUBSCRIBERS = TestScale.size(200, 20);

	private static final int READERS = TestScale.size(8, 2);

	private static final int WRITES_PER_SECOND = TestScale.size(50, 20);

	/** Each time one in two hundred is disconnected, by RST or by FIN. */
	private static final int DISCONNECTS_PER_SECOND = 10;

	private static final Duration TIMEOUT = Duration.ofSeconds(120);

	@Test
	void everySubscriberReceivesEveryEventOnceAcrossRestarts(LecternInstance lectern) throws Exception {
		String beginning = new CuratorClient(lectern).saveBook(BOOK, "Before it all");
		List<ReaderClient> readers = IntStream.range(0, READERS).mapToObj((_) -> new ReaderClient(lectern)).toList();
		List<String> readings = readers.stream().map((reader) -> reader.startReading("fluent-python")).toList();
		ReceivedSequences shared = new ReceivedSequences(SHARED_SUBSCRIBERS);
		ReceivedSequences own = new ReceivedSequences(PRIVATE_SUBSCRIBERS);
		CrowdCounts sharedCounts;
		CrowdCounts ownCounts;
		try (Crowd everybody = Crowd.open(sharedPlan(lectern, beginning), shared);
				Crowd themselves = Crowd.open(privatePlan(lectern, readers), own)) {
			assertThat(everybody.awaitOpen(SHARED_SUBSCRIBERS, TIMEOUT)).as("all open: " + everybody.counts()).isTrue();
			assertThat(themselves.awaitOpen(PRIVATE_SUBSCRIBERS, TIMEOUT)).as("all open: " + themselves.counts())
				.isTrue();

			restartAllUnderLoad(lectern, readers, readings, everybody, themselves);

			long lastOfAll = last(lectern.logPositions("catalog", "change"));
			awaitCaughtUp(SHARED_SUBSCRIBERS, shared, (_) -> lastOfAll);
			long[][] logs = new long[READERS][];
			for (int reader = 0; reader < READERS; reader++) {
				logs[reader] = lectern.logPositions("progress", eventsOf(readers.get(reader)));
			}
			awaitCaughtUp(PRIVATE_SUBSCRIBERS, own, (one) -> last(logs[one % READERS]));
			sharedCounts = everybody.counts();
			ownCounts = themselves.counts();
		}
		assertNoErrors(sharedCounts);
		assertNoErrors(ownCounts);
		long[] log = lectern.logPositions("catalog", "change");
		IntStream.range(0, SHARED_SUBSCRIBERS).forEach((one) -> shared.assertComplete(one, log));
		for (int reader = 0; reader < READERS; reader++) {
			long[] ofReader = lectern.logPositions("progress", eventsOf(readers.get(reader)));
			for (int one = reader; one < PRIVATE_SUBSCRIBERS; one += READERS) {
				own.assertComplete(one, ofReader);
			}
		}
		TestScale.report("restarts: %d shared: %d events delivered, %d came back, statuses %s, ends %s",
				SHARED_SUBSCRIBERS, shared.delivered(), sharedCounts.reconnects(), sharedCounts.statuses(),
				sharedCounts.endReasons());
		TestScale.report("restarts: %d private: %d events delivered, %d came back, statuses %s, ends %s",
				PRIVATE_SUBSCRIBERS, own.delivered(), ownCounts.reconnects(), ownCounts.statuses(),
				ownCounts.endReasons());
	}

	/** Half of the subscribers start at a cursor, half now. */
	private static CrowdPlan sharedPlan(LecternInstance lectern, String beginning) {
		StreamRequest now = StreamRequest.of(EVENTS);
		StreamRequest after = StreamRequest.of(EVENTS + "?after=" + beginning);
		return CrowdPlan.of(lectern.port(), SHARED_SUBSCRIBERS, EVENTS)
			.withRequest((one) -> (one % 2 == 0) ? now : after);
	}

	private static CrowdPlan privatePlan(LecternInstance lectern, List<ReaderClient> readers) {
		List<StreamRequest> requests = readers.stream()
			.map((reader) -> new StreamRequest(reader.streamPath(), reader.authorizationHeader()))
			.toList();
		return CrowdPlan.of(lectern.port(), PRIVATE_SUBSCRIBERS, "")
			.withRequest((one) -> requests.get(one % READERS))
			.withConnectRate(200);
	}

	private static void restartAllUnderLoad(LecternInstance lectern, List<ReaderClient> readers, List<String> readings,
			Crowd everybody, Crowd themselves) throws Exception {
		Map<String, String> curator = Map.of("Authorization", "Bearer " + lectern.adminToken());
		try (DirectWriteClient catalog = DirectWriteClient.connect(lectern, "catalog-service");
				DirectWriteClient progress = DirectWriteClient.connect(lectern, "progress-service");
				FixedRateWriter books = FixedRateWriter.start(WRITES_PER_SECOND,
						(number) -> catalog.updateBook(curator, BOOK, number, 0));
				FixedRateWriter reports = FixedRateWriter.start(WRITES_PER_SECOND, (number) -> {
					int reader = (int) (number % READERS);
					progress.reportPosition(readers.get(reader), readings.get(reader), number);
				});
				FixedRateWriter _ = FixedRateWriter.start(DISCONNECTS_PER_SECOND, (number) -> {
					DisconnectMode how = (number % 2 == 0) ? DisconnectMode.RESET : DisconnectMode.CLOSE;
					everybody.disconnectRandom(SHARED_SUBSCRIBERS / 200, how);
					themselves.disconnectRandom(1, how);
				})) {
			restart(lectern, "catalog-service", lectern::kill);
			restart(lectern, "progress-service", lectern::kill);
			restart(lectern, "gateway", lectern::kill);
			everybody.awaitOpen(SHARED_SUBSCRIBERS / 2, TIMEOUT);
			restart(lectern, "gateway", lectern::terminate);
			everybody.awaitOpen(SHARED_SUBSCRIBERS / 2, TIMEOUT);
			TestScale.report("restarts: %d books and %d positions written, %d and %d refused meanwhile",
					books.written(), reports.written(), books.failed(), reports.failed());
		}
	}

	private static void restart(LecternInstance lectern, String program, StopAction stop) throws IOException {
		long before = lectern.pid(program);
		long began = System.nanoTime();
		stop.stop(program);
		lectern.awaitRestart(program, before);
		TestScale.report("restarts: %s serves again after %.1f s", program, (System.nanoTime() - began) / 1e9);
	}

	/** Wait until every subscriber has received the last event meant for it. */
	private static void awaitCaughtUp(int subscribers, ReceivedSequences sequences, IntToLongFunction last) {
		Awaitility.await()
			.atMost(TIMEOUT)
			.pollInterval(Duration.ofMillis(500))
			.untilAsserted(() -> assertThat(IntStream.range(0, subscribers)
				.filter((one) -> sequences.lastPosition(one) < last.applyAsLong(one)))
				.as("subscribers that have not caught up")
				.isEmpty());
	}

	/** No subscriber was reset or got a status that makes a browser give up. */
	private static void assertNoErrors(CrowdCounts counts) {
		assertThat(counts.statuses()).as("statuses: " + counts).containsOnlyKeys(200);
		assertThat(counts.resets()).as("resets: " + counts).isZero();
		assertThat(counts.protocolErrors()).as("broken: " + counts).isZero();
	}

	private static long last(long[] log) {
		return log[log.length - 1];
	}

	private static String eventsOf(ReaderClient reader) {
		return "event where reader = '" + reader.handle() + "'";
	}

	/** Stops or kills a program. */
	@FunctionalInterface
	private interface StopAction {

		void stop(String program) throws IOException;

	}

}
