package lectern.progress.eventlog.torture;

import java.time.Duration;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Writers that stall, roll back, freeze and die, and followers whose connections are cut:
 * every follower sees what is committed, once, in one order, and soon. A log with a plain
 * sequence for a head does not stand it. Short in every build, a minute with
 * {@code mvn verify -Pproof}.
 */
@Timeout(600)
class EventLogTortureIntegrationTests {

	private static final Duration RUN_TIME = Duration.ofSeconds(Boolean.getBoolean("lectern.proof") ? 60 : 20);

	private static final Duration TIMEOUT = Duration.ofSeconds(120);

	/** What the service promises, of a stalled writer and of whoever follows. */
	private static final Duration MAX_LAG = Duration.ofSeconds(5);

	/** When PostgreSQL gives up first, {@code lectern-database.yml} says. */
	private static final Duration IDLE_TRANSACTION_TIMEOUT = Duration.ofMillis(3900);

	/** For a busy machine to look at its clocks. */
	private static final Duration TOLERANCE = Duration.ofMillis(500);

	@Test
	void followersSeeEveryCommittedEventOnceInOrderAndInTime() throws Exception {
		try (TortureDatabase database = new TortureDatabase();
				LongTransaction elsewhere = new LongTransaction();
				TortureRun torture = new TortureRun(database)) {
			torture.start();
			long began = System.nanoTime();
			Awaitility.await()
				.pollDelay(RUN_TIME)
				.atMost(RUN_TIME.plus(TIMEOUT))
				.untilAsserted(() -> assertEveryFaultOccurred(torture));
			Duration time = Duration.ofNanos(System.nanoTime() - began);
			TortureResult findings = torture.stop();
			report(time, torture, findings);

			findings.assertEveryFollowerSawTheLogOnceInOrder();
			findings.assertNoGapsAndMonotonicTimes();
			findings.assertConsistentWith(torture.outcomes());
			assertThat(database.headPosition()).isEqualTo(findings.committed().size());
			assertThat(torture.lagMonitor().maximumLag()).as("the greatest lag").isLessThan(MAX_LAG);
			assertThat(torture.lagMonitor().longestTransaction()).as("the longest transaction")
				.isLessThan(MAX_LAG.plus(TOLERANCE));
			assertThat(elsewhere.isOpen()).isTrue();
		}
	}

	/** So the same test can see the fault that a log's head is there against. */
	@Test
	void plainSequenceIsDetectedAsFaulty() throws Exception {
		try (TortureDatabase database = TortureDatabase.withPlainSequence();
				TortureRun torture = new TortureRun(database)) {
			torture.start();
			long began = System.nanoTime();
			Awaitility.await().atMost(TIMEOUT).until(() -> torture.result().anyMissed());
			Duration time = Duration.ofNanos(System.nanoTime() - began);
			TortureResult findings = torture.stop();
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(findings::assertEveryFollowerSawTheLogOnceInOrder)
				.withMessageContaining("has passed and not seen")
				.satisfies((found) -> System.out.printf("torture: with a plain sequence, after %d ms: %s%n",
						time.toMillis(), found.getMessage().lines().limit(2).collect(Collectors.joining(" "))));
		}
	}

	/** Otherwise it was no torture. It takes longer than usual if the machine is busy. */
	private static void assertEveryFaultOccurred(TortureRun torture) {
		assertThat(torture.outcomes().writersOf(WriteOutcome.COMMITTED)).hasSize(8);
		for (WriteOutcome outcome : WriteOutcome.values()) {
			assertThat(torture.outcomes().of(outcome)).as(outcome.name()).isNotEmpty();
		}
		assertThat(torture.lagMonitor().longestTransaction()).as("the longest transaction")
			.isGreaterThan(IDLE_TRANSACTION_TIMEOUT);
		assertThat(torture.faults().kills()).as("kills").isGreaterThan(2);
		assertThat(torture.faults().freezes()).as("freezes").isGreaterThan(2);
		assertThat(torture.faults().freezesHoldingHead()).as("freezes with the head held").isPositive();
		assertThat(torture.faults().cuts()).as("cuts").isGreaterThan(2);
		assertThat(torture.reconnects()).as("reconnects").isGreaterThan(20);
	}

	private static void report(Duration time, TortureRun torture, TortureResult findings) {
		WriteOutcomes outcomes = torture.outcomes();
		System.out.printf(
				"torture: %d s: %d events, seen after %d ms at the latest by all %d followers, who came back %d times;"
						+ " the longest transaction took %d ms; %d kills, %d freezes, %d of them with the head held,"
						+ " %d listening connections cut; events: %d acknowledged, %d rolled back, %d timed out,"
						+ " %d in conflict, %d uncertain%n",
				time.toSeconds(), findings.committed().size(), torture.lagMonitor().maximumLag().toMillis(),
				findings.seen().size(), torture.reconnects(), torture.lagMonitor().longestTransaction().toMillis(),
				torture.faults().kills(), torture.faults().freezes(), torture.faults().freezesHoldingHead(),
				torture.faults().cuts(), outcomes.count(WriteOutcome.COMMITTED),
				outcomes.count(WriteOutcome.ROLLED_BACK), outcomes.count(WriteOutcome.TIMED_OUT),
				outcomes.count(WriteOutcome.CONFLICT), outcomes.count(WriteOutcome.UNCERTAIN));
	}

}
