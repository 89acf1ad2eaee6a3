package lectern.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps programs running, and stops them in an order. */
final class Supervisor {

	private final DataFolder data;

	private final RestartBackoff backoff;

	private final LauncherConsole console;

	private final Map<String, SupervisedProcess> processes = new ConcurrentHashMap<>();

	private boolean stopping;

	Supervisor(DataFolder data, RestartBackoff pause, LauncherConsole console) {
		this.data = data;
		this.backoff = pause;
		this.console = console;
	}

	/**
	 * Start a program and keep it running.
	 * @return its process, which need not serve yet
	 * @throws InterruptedException if everything is being stopped
	 */
	SupervisedProcess start(Program program) throws IOException, InterruptedException {
		ProgramLogFile log = new ProgramLogFile(this.data.logFolder().resolve(program.name() + ".log"));
		SupervisedProcess process = new SupervisedProcess(program, log, this.data.pidFile(program.name()), this.backoff,
				this.console);
		synchronized (this) {
			if (this.stopping) {
				throw new InterruptedException();
			}
			this.processes.put(program.name(), process);
		}
		process.start();
		return process;
	}

	/**
	 * Some programs to stop together.
	 *
	 * @param timeout when they must be gone, counted from the beginning of the stop
	 * @param programNames their names; those never started are passed over
	 */
	record ShutdownPhase(Duration timeout, String... programNames) {
	}

	/** Start nothing any more, and stop one step's programs after the other's. */
	void stop(ShutdownPhase... order) throws IOException, InterruptedException {
		synchronized (this) {
			this.stopping = true;
		}
		long begin = System.nanoTime();
		this.processes.values().forEach(SupervisedProcess::disableRestart);
		for (ShutdownPhase step : order) {
			List<SupervisedProcess> together = Arrays.stream(step.programNames())
				.map(this.processes::get)
				.filter(Objects::nonNull)
				.toList();
			together.forEach(SupervisedProcess::requestStop);
			for (SupervisedProcess process : together) {
				process.awaitExit(step.timeout().minusNanos(System.nanoTime() - begin));
			}
		}
	}

}
