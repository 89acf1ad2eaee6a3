package lectern.progress.eventlog.torture;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is done to processes and connections, again and again until it is told to end.
 */
final class FaultInjection {

	private static final Duration LONG_FREEZE = Duration.ofSeconds(5);

	private final TortureDatabase database;

	private final WriteOutcomes outcomes;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final AtomicInteger kills = new AtomicInteger();

	private final AtomicInteger freezes = new AtomicInteger();

	private final AtomicInteger freezesHoldingHead = new AtomicInteger();

	private final AtomicInteger cuts = new AtomicInteger();

	FaultInjection(TortureDatabase database, WriteOutcomes outcomes) {
		this.database = database;
		this.outcomes = outcomes;
	}

	/**
	 * Start a writer, let it write, and kill it, as a rule when it has told something.
	 */
	Void killWriters() throws Exception {
		while (pauseAndContinue(0, 1)) {
			String name = TortureDatabase.WRITER_PREFIX + "killed-" + this.kills.incrementAndGet();
			WriterProcess victim = WriterProcess.start(this.database.url(), name, this.outcomes, WriterProfile.SLOW);
			try {
				victim.awaitReady();
				awaitCondition(victim::hasReportedOutcome, Duration.ofSeconds(10));
				pauseAndContinue(0, 2000);
				awaitRandomMomentOrHeadHeld(name);
			}
			finally {
				victim.kill();
			}
		}
		return null;
	}

	/** Freeze a process: for a moment, or for longer than it may hold the head. */
	Void freezeWriter(WriterProcess victim) throws Exception {
		while (pauseAndContinue(100, 3000)) {
			awaitRandomMomentOrHeadHeld(victim.name());
			boolean isLong = this.freezes.incrementAndGet() % 3 == 2;
			Duration time = isLong ? LONG_FREEZE : Duration.ofMillis(ThreadLocalRandom.current().nextInt(100, 1500));
			Process thaw = victim.freeze(time);
			if (this.database.holdsHead(victim.name())) {
				this.freezesHoldingHead.incrementAndGet();
			}
			assertThat(thaw.waitFor(60, TimeUnit.SECONDS)).as("%s goes on", victim.name()).isTrue();
		}
		return null;
	}

	/** Cut the connections on which nodes listen. */
	Void cutListeningConnections() throws InterruptedException, SQLException {
		while (pauseAndContinue(10, 1500)) {
			this.cuts.addAndGet(this.database.terminateListeningConnections());
		}
		return null;
	}

	void stop() {
		this.stopped.countDown();
	}

	int kills() {
		return this.kills.get();
	}

	int freezes() {
		return this.freezes.get();
	}

	/** Freezes of a process that held the head of the log. */
	int freezesHoldingHead() {
		return this.freezesHoldingHead.get();
	}

	int cuts() {
		return this.cuts.get();
	}

	/** Any moment, or one at which it holds the head, if there is one soon. */
	private void awaitRandomMomentOrHeadHeld(String process) throws Exception {
		if (ThreadLocalRandom.current().nextBoolean()) {
			awaitCondition(() -> this.database.holdsHead(process), Duration.ofSeconds(2));
		}
	}

	private void awaitCondition(Callable<Boolean> condition, Duration limit) throws Exception {
		long end = System.nanoTime() + limit.toNanos();
		boolean waits = true;
		while (waits && System.nanoTime() < end) {
			waits = !condition.call() && pauseAndContinue(2, 5);
		}
	}

	/** Whether it goes on after a pause of some milliseconds. */
	private boolean pauseAndContinue(int shortest, int longest) throws InterruptedException {
		return !this.stopped.await(ThreadLocalRandom.current().nextInt(shortest, longest), TimeUnit.MILLISECONDS);
	}

}
