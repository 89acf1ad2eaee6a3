package lectern.acceptance;

import java.time.Duration;
import java.util.Arrays;

import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.CrowdListener;
import lectern.bench.crowd.CrowdPlan;
import lectern.bench.crowd.ReadRate;
import lectern.bench.crowd.StreamRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Private streams share connections to their service; a stalled one stalls no other. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class StalledPrivateStreamAcceptanceTests {

	private static final int STALLED = TestScale.size(40, 5);

	private static final int EVENTS = TestScale.size(3_000, 600);

	private static final int WRITES_PER_SECOND = 100;

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Test
	void stalledStreamDoesNotDelayOtherStreams(LecternInstance lectern) throws Exception {
		ReaderClient reader = new ReaderClient(lectern);
		String reading = reader.startReading("fluent-python");
		String beginning = reader.reportPosition(reading, 0.999);
		StreamRequest request = new StreamRequest(reader.streamPath(), reader.authorizationHeader());
		CrowdPlan plan = CrowdPlan.of(lectern.port(), 1, "").withRequest((_) -> request).withoutReconnect();
		DeliveryLatencies latencies = new DeliveryLatencies(beginning);
		ReceivedSequences sequences = new ReceivedSequences(1);
		try (DirectWriteClient progress = DirectWriteClient.connect(lectern, "progress-service");
				Crowd lively = Crowd.open(plan, latencies);
				Crowd checked = Crowd.open(plan, sequences)) {
			assertThat(lively.awaitOpen(1, TIMEOUT) && checked.awaitOpen(1, TIMEOUT)).isTrue();
			try (FixedRateWriter _ = FixedRateWriter.start(WRITES_PER_SECOND, (number) -> {
				latencies.recordSend(number);
				progress.reportPosition(reader, reading, number);
			})) {
				await(lively, EVENTS / 4);
				await(lively, EVENTS / 2);
				TestScale.report("private streams, none stalled: %s",
						latencies.percentilesBetween(EVENTS / 4, EVENTS / 2));
				CrowdPlan silent = new CrowdPlan(lectern.port(), STALLED, (_) -> request, (_) -> ReadRate.NONE, 500,
						500, 1, false);
				try (Crowd stalled = Crowd.open(silent, CrowdListener.noOp())) {
					assertThat(stalled.awaitOpen(STALLED, TIMEOUT)).isTrue();
					int before = latencies.count();
					await(lively, before + EVENTS / 2);
					TestScale.report("private streams, %d of the reader's stalled: %s", STALLED,
							latencies.percentilesBetween(before, latencies.count()));
					assertThat(stalled.counts().open()).as("stalled connections that are still open")
						.isEqualTo(STALLED);
				}
			}
			long last = Arrays.stream(logPositions(lectern, reader)).max().orElseThrow();
			Awaitility.await().atMost(TIMEOUT).until(() -> sequences.lastPosition(0) >= last);
		}
		sequences.assertComplete(0, logPositions(lectern, reader));
	}

	private static void await(Crowd crowd, long events) {
		assertThat(crowd.await((counts) -> counts.events() >= events, TIMEOUT)).as("events: " + crowd.counts())
			.isTrue();
	}

	private static long[] logPositions(LecternInstance lectern, ReaderClient reader) throws Exception {
		return lectern.logPositions("progress", "event where reader = '" + reader.handle() + "'");
	}

}
