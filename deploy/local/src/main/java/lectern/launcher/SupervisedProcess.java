package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Keeps one program running: restarts it after a delay whenever it ends, until a stop is
 * requested.
 */
final class SupervisedProcess {

	private static final long MIN_POLL_MILLIS = 50;

	/** A request for the state of a service costs CPU time, which is not progress. */
	private static final long MAX_POLL_MILLIS = 1000;

	private static final Duration STILL_STARTING_INTERVAL = Duration.ofSeconds(30);

	/** How long to wait for a program that was forced to stop. */
	private static final Duration FORCED_EXIT_TIMEOUT = Duration.ofSeconds(15);

	private static final int LOG_TAIL_LINES = 10;

	/** Enough for a failure with a hint of several lines. */
	private static final int FAILURE_LINES = 40;

	private static final Duration LOG_CHECK_INTERVAL = Duration.ofSeconds(10);

	private final Program program;

	private final ProgramLogFile log;

	private final Path pidFile;

	private final RestartBackoff backoff;

	private final LauncherConsole console;

	private final CountDownLatch stopping = new CountDownLatch(1);

	private volatile @Nullable Process process;

	private volatile long startedAt;

	SupervisedProcess(Program program, ProgramLogFile log, Path pidFile, RestartBackoff backoff,
			LauncherConsole console) {
		this.program = program;
		this.log = log;
		this.pidFile = pidFile;
		this.backoff = backoff;
		this.console = console;
	}

	/** Start the program and restart it from now on whenever it ends. */
	void start() throws IOException, InterruptedException {
		this.log.rotate();
		launch();
		Thread.ofVirtual().name("watch-" + this.program.name()).start(this::restartLoop);
	}

	private void launch() throws IOException, InterruptedException {
		this.program.cleanUpPreviousRun();
		ProcessBuilder builder = new ProcessBuilder(ProcessRunner.inNewSession(this.program.command()))
			.redirectInput(Path.of("/dev/null").toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.path().toFile()));
		builder.environment().clear();
		builder.environment().putAll(this.program.environment());
		// requestStop takes the same lock, so no process starts after a stop request.
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

	private void restartLoop() {
		try {
			int failures = 0;
			while (true) {
				String exit = awaitExitDescription();
				if (isStopping()) {
					return;
				}
				failures = (upTime().compareTo(this.backoff.resetAfter()) < 0) ? failures : 0;
				Duration delay = this.backoff.delayAfter(failures++);
				this.console.printLine("%s %s; restarting it in %s s (log file: %s)".formatted(this.program.name(),
						exit, seconds(delay), this.log.path()));
				if (this.stopping.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
					return;
				}
				tryLaunch();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void tryLaunch() throws InterruptedException {
		try {
			launch();
		}
		catch (IOException ex) {
			this.process = null;
		}
	}

	private String awaitExitDescription() throws InterruptedException {
		Process running = this.process;
		if (running == null) {
			return "could not be started";
		}
		while (!running.waitFor(LOG_CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
			this.log.limitSize();
		}
		return "ended with exit code " + running.exitValue();
	}

	private Duration upTime() {
		return Duration.ofNanos(System.nanoTime() - this.startedAt);
	}

	/**
	 * Wait until the program is ready, as long as it makes progress, and print how long
	 * that took.
	 * @param limit the longest time without progress
	 * @param supporting programs that work for this one meanwhile, such as a database
	 * that migrates tables; their CPU time counts as progress, too
	 * @throws StartupException after the limit, with the last lines of its log
	 * @throws InterruptedException if a stop is requested before
	 */
	void awaitReady(Duration limit, SupervisedProcess... supporting) throws InterruptedException {
		long begin = this.startedAt;
		ProgressTimeout timeout = new ProgressTimeout(limit, pid());
		Duration nextLine = STILL_STARTING_INTERVAL;
		while (!isReady()) {
			requireNoStartupFailure();
			Duration waited = Duration.ofNanos(System.nanoTime() - begin);
			Duration cpuTime = Stream.of(supporting).map(SupervisedProcess::cpuTime).reduce(cpuTime(), Duration::plus);
			if (timeout.isExceeded(waited, pid(), cpuTime, this.log.size())) {
				throw StartupException.temporary(notReadyMessage(waited, limit));
			}
			if (waited.compareTo(nextLine) > 0) {
				nextLine = waited.plus(STILL_STARTING_INTERVAL);
				this.console.printLine("%s is still starting after %s s; its log ends with: %s"
					.formatted(this.program.name(), waited.toSeconds(), String.join("", this.log.tail(1))));
			}
			if (this.stopping.await(pollMillis(waited), TimeUnit.MILLISECONDS)) {
				throw new InterruptedException();
			}
		}
		Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
		this.console.printLine(this.program.name() + " is ready after " + seconds(elapsed) + " s");
	}

	private static long pollMillis(Duration waited) {
		return Math.clamp(waited.toMillis() / 100, MIN_POLL_MILLIS, MAX_POLL_MILLIS);
	}

	/** A service that has said why it cannot start would fail again in the same way. */
	private void requireNoStartupFailure() {
		Process running = this.process;
		if (running != null && !running.isAlive()) {
			String failure = StartupFailure.find(this.log.tail(FAILURE_LINES));
			if (failure != null) {
				String sentence = this.program.name() + " cannot start: " + failure;
				throw (running.exitValue() == StartupException.PERMANENT_EXIT_CODE) ? new StartupException(sentence)
						: StartupException.temporary(sentence);
			}
		}
	}

	private boolean isReady() throws InterruptedException {
		Process running = this.process;
		return running != null && running.isAlive() && this.program.isReady(running.toHandle());
	}

	/** Return the process id, or -1 if the program could not be started. */
	private long pid() {
		Process running = this.process;
		return (running != null) ? running.pid() : -1;
	}

	/** Return the CPU time that the process and its children have consumed. */
	private Duration cpuTime() {
		Process running = this.process;
		if (running == null) {
			return Duration.ZERO;
		}
		return Stream.concat(Stream.of(running.toHandle()), running.descendants())
			.map((process) -> process.info().totalCpuDuration().orElse(Duration.ZERO))
			.reduce(Duration.ZERO, Duration::plus);
	}

	private String notReadyMessage(Duration waited, Duration limit) {
		String lines = String.join("\n  ", this.log.tail(LOG_TAIL_LINES));
		return "%s did not become ready within %d s, and made no progress for %d s: see its log file %s, which ends with\n  %s"
			.formatted(this.program.name(), waited.toSeconds(), limit.toSeconds(), this.log.path(), lines);
	}

	/** Do not restart the program any more. */
	void disableRestart() {
		this.stopping.countDown();
	}

	private boolean isStopping() {
		return this.stopping.getCount() == 0;
	}

	/** Request the program to stop, without waiting for it. */
	synchronized void requestStop() {
		disableRestart();
		Process running = this.process;
		if (running != null && running.isAlive()) {
			this.program.requestStop(running.toHandle());
		}
	}

	/**
	 * Wait for the end of the process as long as it makes progress, and then force it to
	 * stop.
	 * @param limit the longest time without progress
	 */
	void awaitExitWhileBusy(Duration limit) throws InterruptedException, IOException {
		Process running = this.process;
		if (running != null) {
			ProgressTimeout timeout = new ProgressTimeout(limit, running.pid());
			long begin = System.nanoTime();
			while (!running.waitFor(MAX_POLL_MILLIS, TimeUnit.MILLISECONDS) && !timeout
				.isExceeded(Duration.ofNanos(System.nanoTime() - begin), running.pid(), cpuTime(), this.log.size())) {
				// It works.
			}
		}
		awaitExit(Duration.ZERO);
	}

	/** Return the last lines of the log. */
	List<String> logTail() {
		return this.log.tail(LOG_TAIL_LINES);
	}

	/** Wait for the end of the process, and force it to stop after the limit. */
	void awaitExit(Duration limit) throws InterruptedException, IOException {
		Process running = this.process;
		if (running != null && !running.waitFor(Math.max(limit.toMillis(), 1), TimeUnit.MILLISECONDS)) {
			String action = this.program.forceStop(running.toHandle());
			this.console.printLine(this.program.name() + " did not stop in time and " + action);
			if (!running.waitFor(FORCED_EXIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
				this.console.printLine("%s (process %d) has not ended yet; the next start waits for it"
					.formatted(this.program.name(), running.pid()));
			}
		}
		Files.deleteIfExists(this.pidFile);
	}

	private static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
	}

}
