package lectern.progress.eventlog.torture;

import java.time.Duration;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Torture test of the event log: writers stall, roll back, freeze and are killed, and
 * connections of followers are terminated. Every follower must see every committed event
 * once, in order and in time. A log with a plain sequence fails this test. The run takes
 * a minute with {@code mvn verify -Pproof} and less in a normal build.
 */
@Timeout(600)
class EventLogTortureIntegrationTests {

	private static final Duration RUN_TIME = Duration.ofSeconds(Boolean.getBoolean("lectern.proof") ? 60 : 8);

	/** The time in which every kind of fault must occur, also on a busy machine. */
	private static final Duration FAULT_LIMIT = Duration.ofSeconds(120);

	/** The promised maximum lag of followers, also with a stalled writer. */
	private static final Duration MAX_LAG = Duration.ofSeconds(5);

	/** Just below the timeout for idle transactions in {@code lectern-database.yml}. */
	private static final Duration IDLE_TRANSACTION_TIMEOUT = Duration.ofMillis(3900);

	/** For delayed measurements on a busy machine. */
	private static final Duration TOLERANCE = Duration.ofMillis(500);

	@Test
	void followersSeeEveryCommittedEventOnceInOrderAndInTime() throws Exception {
		try (TortureDatabase database = new TortureDatabase();
				LongTransaction otherDatabase = new LongTransaction();
				TortureRun torture = new TortureRun(database)) {
			torture.start();
			long startedAt = System.nanoTime();
			Awaitility.await()
				.pollDelay(RUN_TIME)
				.atMost(RUN_TIME.plus(FAULT_LIMIT))
				.untilAsserted(() -> assertEveryFaultOccurred(torture));
			Duration time = Duration.ofNanos(System.nanoTime() - startedAt);
			TortureResult result = torture.stop();
			report(time, torture, result);

			result.assertEveryFollowerSawTheLogOnceInOrder();
			result.assertNoGapsAndMonotonicTimes();
			result.assertConsistentWith(torture.outcomes());
			assertThat(database.headPosition()).isEqualTo(result.committed().size());
			assertThat(torture.lagMonitor().maximumLag()).as("the greatest lag").isLessThan(MAX_LAG);
			assertThat(torture.lagMonitor().longestTransaction()).as("the longest transaction")
				.isLessThan(MAX_LAG.plus(TOLERANCE));
			assertThat(otherDatabase.isOpen()).isTrue();
		}
	}

	/** Shows that the test detects the fault that the head of the log prevents. */
	@Test
	void plainSequenceIsDetectedAsFaulty() throws Exception {
		try (TortureDatabase database = TortureDatabase.withPlainSequence();
				TortureRun torture = new TortureRun(database)) {
			torture.startWithoutFaults();
			long startedAt = System.nanoTime();
			Awaitility.await().atMost(FAULT_LIMIT).until(() -> torture.result().anyMissed());
			Duration time = Duration.ofNanos(System.nanoTime() - startedAt);
			TortureResult result = torture.stop();
			assertThatExceptionOfType(AssertionError.class).isThrownBy(result::assertEveryFollowerSawTheLogOnceInOrder)
				.withMessageContaining("skipped")
				.satisfies((error) -> System.out.printf("torture: with a plain sequence, after %d ms: %s%n",
						time.toMillis(), error.getMessage().lines().limit(2).collect(Collectors.joining(" "))));
		}
	}

	/**
	 * Assert that each kind of fault has occurred; on a busy machine this takes longer.
	 */
	private static void assertEveryFaultOccurred(TortureRun torture) {
		assertThat(torture.outcomes().writersOf(WriteOutcome.COMMITTED)).hasSize(8);
		for (WriteOutcome outcome : WriteOutcome.values()) {
			assertThat(torture.outcomes().of(outcome)).as(outcome.name()).isNotEmpty();
		}
		assertThat(torture.lagMonitor().longestTransaction()).as("the longest transaction")
			.isGreaterThan(IDLE_TRANSACTION_TIMEOUT);
		assertThat(torture.faults().kills()).as("kills").isGreaterThan(2);
		assertThat(torture.faults().freezes()).as("freezes").isGreaterThan(2);
		assertThat(torture.faults().freezesHoldingHead()).as("freezes with the head locked").isPositive();
		assertThat(torture.faults().cuts()).as("cuts").isGreaterThan(2);
		assertThat(torture.reconnects()).as("reconnects").isGreaterThan(20);
	}

	private static void report(Duration time, TortureRun torture, TortureResult result) {
		WriteOutcomes outcomes = torture.outcomes();
		System.out.printf(
				"torture: %d s: %d events, maximum lag %d ms over %d followers with %d reconnects;"
						+ " longest transaction %d ms; %d kills, %d freezes, %d of them with the head locked,"
						+ " %d listening connections terminated; events: %d acknowledged, %d rolled back, %d timed out,"
						+ " %d in conflict, %d uncertain%n",
				time.toSeconds(), result.committed().size(), torture.lagMonitor().maximumLag().toMillis(),
				result.seen().size(), torture.reconnects(), torture.lagMonitor().longestTransaction().toMillis(),
				torture.faults().kills(), torture.faults().freezes(), torture.faults().freezesHoldingHead(),
				torture.faults().cuts(), outcomes.count(WriteOutcome.COMMITTED),
				outcomes.count(WriteOutcome.ROLLED_BACK), outcomes.count(WriteOutcome.TIMED_OUT),
				outcomes.count(WriteOutcome.CONFLICT), outcomes.count(WriteOutcome.UNCERTAIN));
	}

}
