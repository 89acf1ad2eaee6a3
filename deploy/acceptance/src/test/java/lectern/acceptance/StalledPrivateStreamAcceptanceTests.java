package lectern.acceptance;

import java.time.Duration;
import java.util.Arrays;

import lectern.bench.crowd.Appetite;
import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.Listener;
import lectern.bench.crowd.Plan;
import lectern.bench.crowd.StreamRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Private streams share a connection to their service, and one that stalls no other. */
@ExtendWith(LecternUp.class)
@Timeout(300)
class StalledPrivateStreamAcceptanceTests {

	private static final int STALLED = Proof.size(40, 5);

	private static final int EVENTS = Proof.size(3_000, 600);

	private static final int PER_SECOND = 100;

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@Test
	void stallsNoOther(Lectern lectern) throws Exception {
		Reader reader = new Reader(lectern);
		String reading = reader.start("fluent-python");
		String beginning = reader.report(reading, 0.999);
		StreamRequest request = new StreamRequest(reader.stream(), reader.authorization());
		Plan plan = Plan.of(lectern.port(), 1, "").withRequest((_) -> request).stayingAway();
		Latencies latencies = new Latencies(beginning);
		Sequences sequences = new Sequences(1);
		try (WritingClient progress = WritingClient.of(lectern, "progress-service");
				Crowd lively = Crowd.open(plan, latencies);
				Crowd checked = Crowd.open(plan, sequences)) {
			assertThat(lively.awaitOpen(1, LIMIT) && checked.awaitOpen(1, LIMIT)).isTrue();
			try (SteadyWrites _ = SteadyWrites.begin(PER_SECOND, (number) -> {
				latencies.sending(number);
				progress.position(reader, reading, number);
			})) {
				await(lively, EVENTS / 4);
				await(lively, EVENTS / 2);
				Proof.report("private streams, none stalled: %s", latencies.between(EVENTS / 4, EVENTS / 2));
				Plan silent = new Plan(lectern.port(), STALLED, (_) -> request, (_) -> Appetite.NONE, 500, 500, 1,
						false);
				try (Crowd stalled = Crowd.open(silent, Listener.none())) {
					assertThat(stalled.awaitOpen(STALLED, LIMIT)).isTrue();
					int before = latencies.count();
					await(lively, before + EVENTS / 2);
					Proof.report("private streams, %d of the reader's stalled: %s", STALLED,
							latencies.between(before, latencies.count()));
					assertThat(stalled.counts().open()).as("stalled, and still there").isEqualTo(STALLED);
				}
			}
			long last = Arrays.stream(log(lectern, reader)).max().orElseThrow();
			Awaitility.await().atMost(LIMIT).until(() -> sequences.latest(0) >= last);
		}
		sequences.assertComplete(0, log(lectern, reader));
	}

	private static void await(Crowd crowd, long events) {
		assertThat(crowd.await((counts) -> counts.events() >= events, LIMIT)).as("events: " + crowd.counts()).isTrue();
	}

	private static long[] log(Lectern lectern, Reader reader) throws Exception {
		return lectern.log("progress", "event where reader = '" + reader.handle() + "'");
	}

}
