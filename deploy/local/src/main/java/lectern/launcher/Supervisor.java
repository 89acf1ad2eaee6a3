package lectern.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps programs running and stops them in a given order. */
final class Supervisor {

	private final DataFolder data;

	private final RestartBackoff backoff;

	private final LauncherConsole console;

	private final Map<String, SupervisedProcess> processes = new ConcurrentHashMap<>();

	private boolean stopping;

	Supervisor(DataFolder data, RestartBackoff backoff, LauncherConsole console) {
		this.data = data;
		this.backoff = backoff;
		this.console = console;
	}

	/**
	 * Start a program and keep it running.
	 * @return its process, which may not be ready yet
	 * @throws InterruptedException if the supervisor is being stopped
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
	 * Programs that are stopped together.
	 *
	 * @param timeout when they are forced to stop, counted from the beginning of the
	 * whole stop
	 * @param programNames their names; programs that were not started are ignored
	 */
	record ShutdownPhase(Duration timeout, String... programNames) {
	}

	/**
	 * Stop one program, which is not restarted, and wait as long as it makes progress.
	 * @param limit the longest time without progress
	 * @return the last lines of its log
	 */
	List<String> stopWhileBusy(String programName, Duration limit) throws IOException, InterruptedException {
		SupervisedProcess process = this.processes.get(programName);
		if (process == null) {
			return List.of();
		}
		process.requestStop();
		process.awaitExitWhileBusy(limit);
		return process.logTail();
	}

	/** Reject further starts, and stop the programs phase by phase. */
	void stop(ShutdownPhase... phases) throws IOException, InterruptedException {
		synchronized (this) {
			this.stopping = true;
		}
		long begin = System.nanoTime();
		this.processes.values().forEach(SupervisedProcess::disableRestart);
		for (ShutdownPhase phase : phases) {
			List<SupervisedProcess> stopped = Arrays.stream(phase.programNames())
				.map(this.processes::get)
				.filter(Objects::nonNull)
				.toList();
			stopped.forEach(SupervisedProcess::requestStop);
			for (SupervisedProcess process : stopped) {
				process.awaitExit(phase.timeout().minusNanos(System.nanoTime() - begin));
			}
		}
	}

}
