package lectern.launcher;

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

	private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

	private static final int LOG_TAIL_LINES = 10;

	private final Program program;

	private final ProgramLogFile log;

	private final Path pidFile;

	private final RestartBackoff backoff;

	private final LauncherConsole console;

	private final CountDownLatch stopping = new CountDownLatch(1);

	private volatile @Nullable Process process;

	private volatile long startedAt;

	SupervisedProcess(Program program, ProgramLogFile log, Path pidFile, RestartBackoff pause,
			LauncherConsole console) {
		this.program = program;
		this.log = log;
		this.pidFile = pidFile;
		this.backoff = pause;
		this.console = console;
	}

	/** Start the program and watch over it from now on. */
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

	private void restartLoop() {
		try {
			int deaths = 0;
			while (true) {
				String end = awaitExitDescription();
				if (isStopping()) {
					return;
				}
				deaths = (upTime().compareTo(this.backoff.resetAfter()) < 0) ? deaths : 0;
				Duration wait = this.backoff.delayAfter(deaths++);
				this.console.printLine("%s %s; starting it again in %s s (its log is %s)".formatted(this.program.name(),
						end, seconds(wait), this.log.path()));
				if (this.stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
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
		return "ended with exit code " + running.waitFor();
	}

	private Duration upTime() {
		return Duration.ofNanos(System.nanoTime() - this.startedAt);
	}

	/**
	 * Wait until the program serves, and say so.
	 * @param limit the time it may take
	 * @throws StartupException if it takes longer, with the last lines of its log
	 * @throws InterruptedException if it is told to stop meanwhile
	 */
	void awaitReady(Duration limit) throws InterruptedException {
		long begin = this.startedAt;
		while (!isReady()) {
			if (System.nanoTime() - begin > limit.toNanos()) {
				throw new StartupException(notReadyMessage(limit));
			}
			if (this.stopping.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new InterruptedException();
			}
		}
		Duration took = Duration.ofNanos(System.nanoTime() - begin);
		this.console.printLine(this.program.name() + " ready after " + seconds(took) + " s");
	}

	private boolean isReady() throws InterruptedException {
		Process running = this.process;
		return running != null && running.isAlive() && this.program.isReady(running.toHandle());
	}

	private String notReadyMessage(Duration limit) {
		String lines = String.join("\n  ", this.log.tail(LOG_TAIL_LINES));
		return "%s did not become ready within %d s: its log %s may say why, and ends with\n  %s"
			.formatted(this.program.name(), limit.toSeconds(), this.log.path(), lines);
	}

	/** Start it no more from now on. */
	void disableRestart() {
		this.stopping.countDown();
	}

	private boolean isStopping() {
		return this.stopping.getCount() == 0;
	}

	/** Ask the program to end, without waiting for it. */
	synchronized void requestStop() {
		disableRestart();
		Process running = this.process;
		if (running != null && running.isAlive()) {
			this.program.requestStop(running.toHandle());
		}
	}

	/** Wait for the end, which is forced when it takes longer than the limit. */
	void awaitExit(Duration limit) throws InterruptedException, IOException {
		Process running = this.process;
		if (running != null && !running.waitFor(Math.max(limit.toMillis(), 1), TimeUnit.MILLISECONDS)) {
			this.console.printLine(this.program.name() + " did not end in time and is killed");
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
