package lectern.local;

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

	private final RestartPause pause;

	private final Console console;

	private final Map<String, SupervisedProcess> processes = new ConcurrentHashMap<>();

	private boolean stopping;

	Supervisor(DataFolder data, RestartPause pause, Console console) {
		this.data = data;
		this.pause = pause;
		this.console = console;
	}

	/**
	 * Start a program and keep it running.
	 * @return its process, which need not serve yet
	 * @throws InterruptedException if everything is being stopped
	 */
	SupervisedProcess start(Program program) throws IOException, InterruptedException {
		LogFile log = new LogFile(this.data.logs().resolve(program.name() + ".log"));
		SupervisedProcess process = new SupervisedProcess(program, log, this.data.pidFile(program.name()), this.pause,
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
	 * @param until when they must be gone, counted from the beginning of the stop
	 * @param names their names; those never started are passed over
	 */
	record Step(Duration until, String... names) {
	}

	/** Start nothing any more, and stop one step's programs after the other's. */
	void stop(Step... order) throws IOException, InterruptedException {
		synchronized (this) {
			this.stopping = true;
		}
		long begin = System.nanoTime();
		this.processes.values().forEach(SupervisedProcess::startNoMore);
		for (Step step : order) {
			List<SupervisedProcess> together = Arrays.stream(step.names())
				.map(this.processes::get)
				.filter(Objects::nonNull)
				.toList();
			together.forEach(SupervisedProcess::askToStop);
			for (SupervisedProcess process : together) {
				process.awaitEnd(step.until().minusNanos(System.nanoTime() - begin));
			}
		}
	}

}
