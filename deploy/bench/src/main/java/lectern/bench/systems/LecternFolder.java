package lectern.bench.systems;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import lectern.bench.machine.Machine;

/**
 * What several starts of Lectern share: the data folder, the ports, the password of the
 * account {@code admin}, and a folder of AOT caches. It is deleted on close.
 *
 * @param path the folder
 * @param port the gateway's port
 * @param adminPassword the password
 */
public record LecternFolder(Path path, int port, String adminPassword) implements AutoCloseable {

	private static final int TRAINING_MINUTES = 20;

	/** Create an empty folder. */
	public static LecternFolder create() throws IOException {
		String configuredPort = System.getenv("LECTERN_PORT");
		int port = (configuredPort != null) ? Integer.parseInt(configuredPort) : PortAllocator.freeLecternPorts();
		return new LecternFolder(Files.createTempDirectory("lectern-bench").toRealPath(), port,
				UUID.randomUUID().toString());
	}

	/** Return the folder of AOT caches, in which there are none without a training. */
	public Path caches() {
		return this.path.resolve("caches");
	}

	/** Return a folder in which there never is a cache. */
	public Path noCaches() {
		return this.path.resolve("no-caches");
	}

	Path data() {
		return this.path.resolve("data");
	}

	/**
	 * Make AOT caches, as {@code ./lectern train} does.
	 * @param root the project's folder
	 * @param javaOptions options for the JVMs of the services
	 */
	public void train(Path root, String javaOptions) throws IOException {
		Path output = this.path.resolve("training-output");
		ProcessBuilder builder = new ProcessBuilder(Machine.jdkTool("java"), "-Xmx128m", "-XX:+UseSerialGC", "-cp",
				LecternProcess.findJar(root).toString(), "lectern.launcher.TrainCommand", root.toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().put("LECTERN_CACHE", caches().toString());
		builder.environment().put("LECTERN_JAVA_OPTIONS", javaOptions);
		Process training = builder.start();
		try {
			if (!training.waitFor(TRAINING_MINUTES, TimeUnit.MINUTES) || training.exitValue() != 0) {
				throw new IOException("The training failed:\n" + Files.readString(output));
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
		finally {
			training.destroy();
		}
	}

	@Override
	public void close() throws IOException {
		ChildProcesses.deleteFolder(this.path);
	}

}
