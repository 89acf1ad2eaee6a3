package lectern.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Keeps one program running: started again, after a pause, whenever it ends by itself,
 * until it is told to stop.
 */
final class SupervisedProcess {

	private static final Duration LOOK = Duration.ofMillis(50);

	private static final int SHOWN_LINES = 10;

	private final Program program;

	private final LogFile log;

	private final Path pidFile;

	private final RestartPause pause;

	private final Console console;

	private final CountDownLatch stopping = new CountDownLatch(1);

	private volatile @Nullable Process process;

	private volatile long startedAt;

	SupervisedProcess(Program program, LogFile log, Path pidFile, RestartPause pause, Console console) {
		this.program = program;
		this.log = log;
		this.pidFile = pidFile;
		this.pause = pause;
		this.console = console;
	}

	/** Start the program and watch over it from now on. */
	void start() throws IOException, InterruptedException {
		this.log.rotate();
		launch();
		Thread.ofVirtual().name("watch-" + this.program.name()).start(this::watch);
	}

	private void launch() throws IOException, InterruptedException {
		this.program.clearTheWay();
		ProcessBuilder builder = new ProcessBuilder(Shell.detached(this.program.command()))
			.redirectInput(Path.of("/dev/null").toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.path().toFile()));
		builder.environment().clear();
		builder.environment().putAll(this.program.environment());
		// Under the lock that stopping takes: nothing is started behind its back.
		synchronized (this) {
			if (isStopping()) {
				throw new InterruptedException();
			}
			this.startedAt = System.nanoTime();
			Process started = builder.start();
			this.process = started;
			Files.writeString(this.pidFile, started.pid() + "\n");
		}
	}

	private void watch() {
		try {
			int deaths = 0;
			while (true) {
				String end = end();
				if (isStopping()) {
					return;
				}
				deaths = (upTime().compareTo(this.pause.steady()) < 0) ? deaths : 0;
				Duration wait = this.pause.after(deaths++);
				this.console.say("%s %s; starting it again in %s s (its log is %s)".formatted(this.program.name(), end,
						seconds(wait), this.log.path()));
				if (this.stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
					return;
				}
				relaunch();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void relaunch() throws InterruptedException {
		try {
			launch();
		}
		catch (IOException ex) {
			this.process = null;
		}
	}

	private String end() throws InterruptedException {
		Process running = this.process;
		if (running == null) {
			return "could not be started";
		}
		return "ended with exit code " + running.waitFor();
	}

	private Duration upTime() {
		return Duration.ofNanos(System.nanoTime() - this.startedAt);
	}

	/**
	 * Wait until the program serves, and say so.
	 * @param limit the time it may take
	 * @throws Refusal if it takes longer, with the last lines of its log
	 * @throws InterruptedException if it is told to stop meanwhile
	 */
	void awaitReady(Duration limit) throws InterruptedException {
		long begin = this.startedAt;
		while (!servesNow()) {
			if (System.nanoTime() - begin > limit.toNanos()) {
				throw new Refusal(notReady(limit));
			}
			if (this.stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new InterruptedException();
			}
		}
		Duration took = Duration.ofNanos(System.nanoTime() - begin);
		this.console.say(this.program.name() + " ready after " + seconds(took) + " s");
	}

	private boolean servesNow() throws InterruptedException {
		Process running = this.process;
		return running != null && running.isAlive() && this.program.ready(running.toHandle());
	}

	private String notReady(Duration limit) {
		String lines = String.join("\n  ", this.log.tail(SHOWN_LINES));
		return "%s did not become ready within %d s: its log %s may say why, and ends with\n  %s"
			.formatted(this.program.name(), limit.toSeconds(), this.log.path(), lines);
	}

	/** Start it no more from now on. */
	void startNoMore() {
		this.stopping.countDown();
	}

	private boolean isStopping() {
		return this.stopping.getCount() == 0;
	}

	/** Ask the program to end, without waiting for it. */
	synchronized void askToStop() {
		startNoMore();
		Process running = this.process;
		if (running != null && running.isAlive()) {
			this.program.askToStop(running.toHandle());
		}
	}

	/** Wait for the end, which is forced when it takes longer than the limit. */
	void awaitEnd(Duration limit) throws InterruptedException, IOException {
		Process running = this.process;
		if (running != null && !running.waitFor(Math.max(limit.toMillis(), 1), TimeUnit.MILLISECONDS)) {
			this.console.say(this.program.name() + " did not end in time and is killed");
			kill(running);
		}
		Files.deleteIfExists(this.pidFile);
	}

	private static void kill(Process running) throws InterruptedException {
		// Listed before the first is killed: afterwards nobody knows whose they were.
		Stream<ProcessHandle> family = running.descendants().toList().stream();
		running.destroyForcibly();
		family.forEach(ProcessHandle::destroyForcibly);
		running.waitFor(1, TimeUnit.SECONDS);
	}

	private static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
	}

}
