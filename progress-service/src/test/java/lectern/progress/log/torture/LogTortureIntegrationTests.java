package lectern.progress.log.torture;

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
class LogTortureIntegrationTests {

	private static final Duration TIME = Duration.ofSeconds(Boolean.getBoolean("lectern.proof") ? 60 : 20);

	private static final Duration LIMIT = Duration.ofSeconds(120);

	/** What the service promises, of a stalled writer and of whoever follows. */
	private static final Duration PROMISED = Duration.ofSeconds(5);

	/** When PostgreSQL gives up first, {@code lectern-database.yml} says. */
	private static final Duration IDLE_LIMIT = Duration.ofMillis(3900);

	/** For a busy machine to look at its clocks. */
	private static final Duration TOLERANCE = Duration.ofMillis(500);

	@Test
	void everyFollowerSeesWhatIsCommittedOnceInOneOrderAndSoon() throws Exception {
		try (TorturedDatabase database = new TorturedDatabase();
				LongTransaction elsewhere = new LongTransaction();
				Torture torture = new Torture(database)) {
			torture.begin();
			long began = System.nanoTime();
			Awaitility.await()
				.pollDelay(TIME)
				.atMost(TIME.plus(LIMIT))
				.untilAsserted(() -> assertEverythingHappened(torture));
			Duration time = Duration.ofNanos(System.nanoTime() - began);
			Findings findings = torture.end();
			report(time, torture, findings);

			findings.assertAllSeenOnceInOneOrder();
			findings.assertWhole();
			findings.assertAgreesWith(torture.outcomes());
			assertThat(database.headPosition()).isEqualTo(findings.committed().size());
			assertThat(torture.watch().greatestLag()).as("the greatest lag").isLessThan(PROMISED);
			assertThat(torture.watch().longestTransaction()).as("the longest transaction")
				.isLessThan(PROMISED.plus(TOLERANCE));
			assertThat(elsewhere.isOpen()).isTrue();
		}
	}

	/** So the same test can see the fault that a log's head is there against. */
	@Test
	void aPlainSequenceIsFoundOut() throws Exception {
		try (TorturedDatabase database = TorturedDatabase.withPlainSequence();
				Torture torture = new Torture(database)) {
			torture.begin();
			long began = System.nanoTime();
			Awaitility.await().atMost(LIMIT).until(() -> torture.findings().anyMissed());
			Duration time = Duration.ofNanos(System.nanoTime() - began);
			Findings findings = torture.end();
			assertThatExceptionOfType(AssertionError.class).isThrownBy(findings::assertAllSeenOnceInOneOrder)
				.withMessageContaining("has passed and not seen")
				.satisfies((found) -> System.out.printf("torture: with a plain sequence, after %d ms: %s%n",
						time.toMillis(), found.getMessage().lines().limit(2).collect(Collectors.joining(" "))));
		}
	}

	/** Otherwise it was no torture. It takes longer than usual if the machine is busy. */
	private static void assertEverythingHappened(Torture torture) {
		assertThat(torture.outcomes().writersOf(Outcome.COMMITTED)).hasSize(8);
		for (Outcome outcome : Outcome.values()) {
			assertThat(torture.outcomes().of(outcome)).as(outcome.name()).isNotEmpty();
		}
		assertThat(torture.watch().longestTransaction()).as("the longest transaction").isGreaterThan(IDLE_LIMIT);
		assertThat(torture.torments().kills()).as("kills").isGreaterThan(2);
		assertThat(torture.torments().freezes()).as("freezes").isGreaterThan(2);
		assertThat(torture.torments().frozenWithHead()).as("freezes with the head held").isPositive();
		assertThat(torture.torments().cuts()).as("cuts").isGreaterThan(2);
		assertThat(torture.reconnects()).as("reconnects").isGreaterThan(20);
	}

	private static void report(Duration time, Torture torture, Findings findings) {
		Outcomes outcomes = torture.outcomes();
		System.out.printf(
				"torture: %d s: %d events, seen after %d ms at the latest by all %d followers, who came back %d times;"
						+ " the longest transaction took %d ms; %d kills, %d freezes, %d of them with the head held,"
						+ " %d listening connections cut; events: %d acknowledged, %d rolled back, %d timed out,"
						+ " %d in conflict, %d uncertain%n",
				time.toSeconds(), findings.committed().size(), torture.watch().greatestLag().toMillis(),
				findings.seen().size(), torture.reconnects(), torture.watch().longestTransaction().toMillis(),
				torture.torments().kills(), torture.torments().freezes(), torture.torments().frozenWithHead(),
				torture.torments().cuts(), outcomes.count(Outcome.COMMITTED), outcomes.count(Outcome.ROLLED_BACK),
				outcomes.count(Outcome.TIMED_OUT), outcomes.count(Outcome.CONFLICT), outcomes.count(Outcome.UNCERTAIN));
	}

}
