package lectern.progress.eventlog.torture;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Injects faults into processes and connections until it is stopped. */
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
	 * Repeatedly start a writer and kill it, usually after it has reported an outcome.
	 */
	Void killWriters() throws Exception {
		while (pauseAndContinue(0, 1)) {
			String name = TortureDatabase.WRITER_PREFIX + "killed-" + this.kills.incrementAndGet();
			WriterProcess process = WriterProcess.start(this.database.url(), name, this.outcomes, WriterProfile.SLOW);
			try {
				process.awaitReady();
				awaitCondition(process::hasReportedOutcome, Duration.ofSeconds(10));
				pauseAndContinue(0, 500);
				awaitRandomMomentOrHeadHeld(name);
			}
			finally {
				process.kill();
			}
		}
		return null;
	}

	/**
	 * Repeatedly freeze a process, the first time and every third time for longer than it
	 * may lock the head of the log.
	 */
	Void freezeWriter(WriterProcess process) throws Exception {
		while (pauseAndContinue(100, 1000)) {
			awaitRandomMomentOrHeadHeld(process.name());
			boolean isLong = this.freezes.incrementAndGet() % 3 == 1;
			Duration time = isLong ? LONG_FREEZE : Duration.ofMillis(ThreadLocalRandom.current().nextInt(100, 1500));
			Process shell = process.freeze(time);
			if (this.database.holdsHead(process.name())) {
				this.freezesHoldingHead.incrementAndGet();
			}
			assertThat(shell.waitFor(HANG_LIMIT)).as("%s continues", process.name()).isTrue();
		}
		return null;
	}

	/** Repeatedly terminate the connections on which nodes listen for notifications. */
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

	/** The number of freezes while the process had locked the head of the log. */
	int freezesHoldingHead() {
		return this.freezesHoldingHead.get();
	}

	int cuts() {
		return this.cuts.get();
	}

	/**
	 * Half of the time, wait up to 2 s until the process has locked the head of the log.
	 */
	private void awaitRandomMomentOrHeadHeld(String process) throws Exception {
		if (ThreadLocalRandom.current().nextBoolean()) {
			awaitCondition(() -> this.database.holdsHead(process), Duration.ofSeconds(2));
		}
	}

	private void awaitCondition(Callable<Boolean> condition, Duration limit) throws Exception {
		long end = System.nanoTime() + limit.toNanos();
		boolean waiting = true;
		while (waiting && System.nanoTime() < end) {
			waiting = !condition.call() && pauseAndContinue(2, 5);
		}
	}

	/** Pause for a random number of milliseconds; false if stopped. */
	private boolean pauseAndContinue(int minMillis, int maxMillis) throws InterruptedException {
		return !this.stopped.await(ThreadLocalRandom.current().nextInt(minMillis, maxMillis), TimeUnit.MILLISECONDS);
	}

}
