package lectern.progress.log.torture;

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
final class Torments {

	private static final Duration LONG_FREEZE = Duration.ofSeconds(5);

	private final TorturedDatabase database;

	private final Outcomes outcomes;

	private final CountDownLatch over = new CountDownLatch(1);

	private final AtomicInteger kills = new AtomicInteger();

	private final AtomicInteger freezes = new AtomicInteger();

	private final AtomicInteger frozenWithHead = new AtomicInteger();

	private final AtomicInteger cuts = new AtomicInteger();

	Torments(TorturedDatabase database, Outcomes outcomes) {
		this.database = database;
		this.outcomes = outcomes;
	}

	/**
	 * Start a writer, let it write, and kill it, as a rule when it has told something.
	 */
	Void kill() throws Exception {
		while (lasts(0, 1)) {
			String name = TorturedDatabase.WRITER + "killed-" + this.kills.incrementAndGet();
			WriterProcess victim = WriterProcess.start(this.database.url(), name, this.outcomes, Habit.DAWDLING);
			try {
				victim.awaitReady();
				pauseUntil(victim::hasTold, Duration.ofSeconds(10));
				lasts(0, 2000);
				awaitBadMoment(name);
			}
			finally {
				victim.kill();
			}
		}
		return null;
	}

	/** Freeze a process: for a moment, or for longer than it may hold the head. */
	Void freeze(WriterProcess victim) throws Exception {
		while (lasts(100, 3000)) {
			awaitBadMoment(victim.name());
			boolean isLong = this.freezes.incrementAndGet() % 3 == 2;
			Duration time = isLong ? LONG_FREEZE : Duration.ofMillis(ThreadLocalRandom.current().nextInt(100, 1500));
			Process thaw = victim.freeze(time);
			if (this.database.holdsHead(victim.name())) {
				this.frozenWithHead.incrementAndGet();
			}
			assertThat(thaw.waitFor(60, TimeUnit.SECONDS)).as("%s goes on", victim.name()).isTrue();
		}
		return null;
	}

	/** Cut the connections on which nodes listen. */
	Void cut() throws InterruptedException, SQLException {
		while (lasts(10, 1500)) {
			this.cuts.addAndGet(this.database.cutListening());
		}
		return null;
	}

	void end() {
		this.over.countDown();
	}

	int kills() {
		return this.kills.get();
	}

	int freezes() {
		return this.freezes.get();
	}

	/** Freezes of a process that held the head of the log. */
	int frozenWithHead() {
		return this.frozenWithHead.get();
	}

	int cuts() {
		return this.cuts.get();
	}

	/** Any moment, or one at which it holds the head, if there is one soon. */
	private void awaitBadMoment(String process) throws Exception {
		if (ThreadLocalRandom.current().nextBoolean()) {
			pauseUntil(() -> this.database.holdsHead(process), Duration.ofSeconds(2));
		}
	}

	private void pauseUntil(Callable<Boolean> condition, Duration limit) throws Exception {
		long end = System.nanoTime() + limit.toNanos();
		boolean waits = true;
		while (waits && System.nanoTime() < end) {
			waits = !condition.call() && lasts(2, 5);
		}
	}

	/** Whether it goes on after a pause of some milliseconds. */
	private boolean lasts(int shortest, int longest) throws InterruptedException {
		return !this.over.await(ThreadLocalRandom.current().nextInt(shortest, longest), TimeUnit.MILLISECONDS);
	}

}
