package lectern.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.awaitility.Awaitility;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * A further process of a service of a running Lectern, on the same database. The launcher
 * does not know it, so it is not restarted.
 */
public final class ServiceNode implements AutoCloseable {

	private final ServiceProgram program;

	private final Process process;

	private ServiceNode(ServiceProgram program, Process process) {
		this.program = program;
		this.process = process;
	}

	/**
	 * Start a process, without waiting until it is ready.
	 * @param root the project's folder
	 * @param data the data folder of the running Lectern
	 * @param gatewayPort the gateway's port of the running Lectern
	 * @param service {@code catalog-service}, {@code progress-service} or {@code gateway}
	 * @param javaOptions additional JVM options
	 * @param log receives the output
	 */
	public static ServiceNode start(Path root, Path data, int gatewayPort, String service, List<String> javaOptions,
			Path log) throws IOException {
		ServiceProgramFactory programs = new ServiceProgramFactory(new LauncherSettings(root, data,
				new Ports(gatewayPort), Optional.empty(), javaOptions, LauncherSettings.DEFAULT_START_TIMEOUT,
				data.resolve("erasures"), LogFormat.TEXT, 7, data.resolve("cache"), Optional.empty()), data,
				System.getenv(), (_, _) -> List.of());
		ServiceProgram known = switch (service) {
			case "catalog-service" -> programs.catalog();
			case "progress-service" -> programs.progress("");
			case "gateway" -> programs.gateway();
			default -> throw new IllegalArgumentException(service);
		};
		Ports free = FreePorts.find();
		ServiceProgram program = new ServiceProgram(known.name(), known.jar(), known.dataFolder(), free.gateway(),
				free.managementPort(free.gateway()), known.extraEnvironment(), System.getenv(), List.of(),
				known.javaOptions());
		ProcessBuilder builder = new ProcessBuilder(ProcessRunner.inNewSession(program.command()))
			.redirectInput(Path.of("/dev/null").toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
		builder.environment().clear();
		builder.environment().putAll(program.environment());
		return new ServiceNode(program, builder.start());
	}

	/** Wait until the process serves. */
	public ServiceNode awaitReady() {
		Awaitility.await()
			.atMost(RunningLauncher.START_LIMIT)
			.failFast("the process ended", () -> !this.process.isAlive())
			.until(() -> this.program.isReady(this.process.toHandle()));
		return this;
	}

	public int port() {
		return this.program.port();
	}

	public int managementPort() {
		return this.program.managementPort();
	}

	/** Stop the process as a machine that stalls does, until it is thawed. */
	public void freeze() throws IOException, InterruptedException {
		sendSignal("STOP");
	}

	/** Let a frozen process continue. */
	public void thaw() throws IOException, InterruptedException {
		sendSignal("CONT");
	}

	private void sendSignal(String name) throws IOException, InterruptedException {
		Process shell = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + this.process.pid()).start();
		if (!shell.waitFor(HANG_LIMIT) || shell.exitValue() != 0) {
			throw new IllegalStateException("SIG" + name + " could not be sent");
		}
	}

	/** End the process with SIGKILL, so that it cannot clean up, and wait for its end. */
	public void kill() {
		this.process.destroyForcibly();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> !this.process.isAlive());
	}

	@Override
	public void close() {
		kill();
	}

}
