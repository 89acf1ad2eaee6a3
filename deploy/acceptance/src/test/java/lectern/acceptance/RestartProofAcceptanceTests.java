package lectern.acceptance;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

import lectern.bench.crowd.Counts;
import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.Drop;
import lectern.bench.crowd.Plan;
import lectern.bench.crowd.StreamRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Subscribers who are dropped at random and come back with their last id, while events
 * are written and everything is restarted: nobody misses an event or gets one twice.
 */
@ExtendWith(LecternUp.class)
@Timeout(900)
class RestartProofAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final String BOOK = "around-restarts";

	private static final int SHARED = Proof.size(2_000, 200);

	private static final int PRIVATE = Proof.size(200, 20);

	private static final int READERS = Proof.size(8, 2);

	private static final int PER_SECOND = Proof.size(50, 20);

	/** Each time one in two hundred, by RST or by FIN. */
	private static final int DROPS_A_SECOND = 10;

	private static final Duration LIMIT = Duration.ofSeconds(120);

	@Test
	void nothingIsLostAndNothingComesTwice(Lectern lectern) throws Exception {
		String beginning = new Curator(lectern).write(BOOK, "Before it all");
		List<Reader> readers = IntStream.range(0, READERS).mapToObj((_) -> new Reader(lectern)).toList();
		List<String> readings = readers.stream().map((reader) -> reader.start("fluent-python")).toList();
		Sequences shared = new Sequences(SHARED);
		Sequences own = new Sequences(PRIVATE);
		Counts sharedCounts;
		Counts ownCounts;
		try (Crowd everybody = Crowd.open(shared(lectern, beginning), shared);
				Crowd themselves = Crowd.open(own(lectern, readers), own)) {
			assertThat(everybody.awaitOpen(SHARED, LIMIT)).as("all open: " + everybody.counts()).isTrue();
			assertThat(themselves.awaitOpen(PRIVATE, LIMIT)).as("all open: " + themselves.counts()).isTrue();

			restartEverythingWhileEventsFlow(lectern, readers, readings, everybody, themselves);

			long lastOfAll = last(lectern.log("catalog", "change"));
			awaitThat(SHARED, shared, (_) -> lastOfAll);
			long[][] logs = new long[READERS][];
			for (int reader = 0; reader < READERS; reader++) {
				logs[reader] = lectern.log("progress", of(readers.get(reader)));
			}
			awaitThat(PRIVATE, own, (one) -> last(logs[one % READERS]));
			sharedCounts = everybody.counts();
			ownCounts = themselves.counts();
		}
		assertCalm(sharedCounts);
		assertCalm(ownCounts);
		long[] log = lectern.log("catalog", "change");
		IntStream.range(0, SHARED).forEach((one) -> shared.assertComplete(one, log));
		for (int reader = 0; reader < READERS; reader++) {
			long[] ofReader = lectern.log("progress", of(readers.get(reader)));
			for (int one = reader; one < PRIVATE; one += READERS) {
				own.assertComplete(one, ofReader);
			}
		}
		Proof.report("restarts: %d shared: %d events delivered, %d came back, statuses %s, ends %s", SHARED,
				shared.delivered(), sharedCounts.reconnects(), sharedCounts.statuses(), sharedCounts.ends());
		Proof.report("restarts: %d private: %d events delivered, %d came back, statuses %s, ends %s", PRIVATE,
				own.delivered(), ownCounts.reconnects(), ownCounts.statuses(), ownCounts.ends());
	}

	/** Half of them begin at a cursor, half now. */
	private static Plan shared(Lectern lectern, String beginning) {
		StreamRequest now = StreamRequest.of(EVENTS);
		StreamRequest after = StreamRequest.of(EVENTS + "?after=" + beginning);
		return Plan.of(lectern.port(), SHARED, EVENTS).withRequest((one) -> (one % 2 == 0) ? now : after);
	}

	private static Plan own(Lectern lectern, List<Reader> readers) {
		List<StreamRequest> requests = readers.stream()
			.map((reader) -> new StreamRequest(reader.stream(), reader.authorization()))
			.toList();
		return Plan.of(lectern.port(), PRIVATE, "").withRequest((one) -> requests.get(one % READERS)).withPace(200);
	}

	private static void restartEverythingWhileEventsFlow(Lectern lectern, List<Reader> readers, List<String> readings,
			Crowd everybody, Crowd themselves) throws Exception {
		Map<String, String> curator = Map.of("Authorization", "Bearer " + lectern.adminToken());
		try (WritingClient catalog = WritingClient.of(lectern, "catalog-service");
				WritingClient progress = WritingClient.of(lectern, "progress-service");
				SteadyWrites books = SteadyWrites.begin(PER_SECOND, (number) -> catalog.book(curator, BOOK, number, 0));
				SteadyWrites reports = SteadyWrites.begin(PER_SECOND, (number) -> {
					int reader = (int) (number % READERS);
					progress.position(readers.get(reader), readings.get(reader), number);
				});
				SteadyWrites _ = SteadyWrites.begin(DROPS_A_SECOND, (number) -> {
					Drop how = (number % 2 == 0) ? Drop.RESET : Drop.CLOSE;
					everybody.drop(SHARED / 200, how);
					themselves.drop(1, how);
				})) {
			restart(lectern, "catalog-service", lectern::kill);
			restart(lectern, "progress-service", lectern::kill);
			restart(lectern, "gateway", lectern::kill);
			everybody.awaitOpen(SHARED / 2, LIMIT);
			restart(lectern, "gateway", lectern::terminate);
			everybody.awaitOpen(SHARED / 2, LIMIT);
			Proof.report("restarts: %d books and %d positions written, %d and %d refused meanwhile", books.written(),
					reports.written(), books.failed(), reports.failed());
		}
	}

	private static void restart(Lectern lectern, String program, Stop stop) throws IOException {
		long before = lectern.pid(program);
		long began = System.nanoTime();
		stop.stop(program);
		lectern.awaitRestart(program, before);
		Proof.report("restarts: %s serves again after %.1f s", program, (System.nanoTime() - began) / 1e9);
	}

	/** Wait until every subscriber has passed the last event that is for it. */
	private static void awaitThat(int subscribers, Sequences sequences, IntToLongFunction last) {
		Awaitility.await()
			.atMost(LIMIT)
			.pollInterval(Duration.ofMillis(500))
			.untilAsserted(() -> assertThat(
					IntStream.range(0, subscribers).filter((one) -> sequences.latest(one) < last.applyAsLong(one)))
				.as("subscribers that have not caught up")
				.isEmpty());
	}

	/** Nobody was told to begin anew, or got an answer that ends a browser's stream. */
	private static void assertCalm(Counts counts) {
		assertThat(counts.statuses()).as("statuses: " + counts).containsOnlyKeys(200);
		assertThat(counts.resets()).as("resets: " + counts).isZero();
		assertThat(counts.broken()).as("broken: " + counts).isZero();
	}

	private static long last(long[] log) {
		return log[log.length - 1];
	}

	private static String of(Reader reader) {
		return "event where reader = '" + reader.handle() + "'";
	}

	/** Ends a program, in order or not. */
	@FunctionalInterface
	private interface Stop {

		void stop(String program) throws IOException;

	}

}
