package lectern.acceptance.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import lectern.acceptance.Modules;
import lectern.acceptance.distribution.StartedCommand;
import lectern.bench.machine.Machine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Podman with runc, and with images and containers of its own, which are gone at the end.
 */
final class Podman implements AutoCloseable {

	private static final String LIMIT = "10000:10000";

	/**
	 * A container has nothing but what it is given: no rights, and nothing to write to.
	 */
	private static final List<String> CONFINED = List.of("--read-only", "--read-only-tmpfs=false", "--cap-drop", "all",
			"--security-opt", "no-new-privileges", "--network", "host",
			// The usual limits are higher than what this machine may allow.
			"--ulimit", "nofile=" + LIMIT, "--ulimit", "nproc=" + LIMIT);

	private final Path engine;

	private final List<String> containers = new ArrayList<>();

	private Podman(Path engine) {
		this.engine = engine;
	}

	/**
	 * Whether it is there, and may do what it has to: as another user, processes would
	 * have other ids than in the container.
	 */
	static boolean isUsable() {
		return System.getProperty("user.name").equals("root") && List.of("podman", "runc")
			.stream()
			.noneMatch((tool) -> Machine.firstOutputLine(tool, "--version").isEmpty());
	}

	/**
	 * @param folder an empty folder for images and containers
	 */
	static Podman create(Path folder) throws IOException {
		String script = "#!/bin/sh\nexec podman --root '%1$s/root' --runroot '%1$s/run' --runtime runc \"$@\"\n"
			.formatted(folder);
		return new Podman(Files.writeString(Files.createFile(folder.resolve("podman"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))), script));
	}

	/** Load an image from an archive and return its name. */
	String load(Path archive) throws IOException, InterruptedException {
		String loaded = run("load", "-q", "-i", archive.toString());
		return loaded.substring(loaded.lastIndexOf(' ') + 1);
	}

	/** Build the images of all services as {@code deploy/image/build} does. */
	void buildImages() throws IOException, InterruptedException {
		ProcessBuilder build = new ProcessBuilder(Modules.ROOT.resolve("deploy/image/build").toString());
		build.environment().put("ENGINE", this.engine.toString());
		output(build);
	}

	/** Remove all images. */
	void removeImages() throws IOException, InterruptedException {
		run("rmi", "-a", "-f");
	}

	/** Start a container in the background. */
	void start(String name, List<String> options, String image) throws IOException, InterruptedException {
		List<String> arguments = new ArrayList<>(List.of("run", "-d", "--name", name));
		arguments.addAll(CONFINED);
		arguments.addAll(options);
		arguments.add(image);
		this.containers.add(name);
		run(arguments.toArray(String[]::new));
	}

	/** Run a command of podman and return what it prints. */
	String run(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(this.engine.toString()));
		command.addAll(List.of(arguments));
		return output(new ProcessBuilder(command));
	}

	private static String output(ProcessBuilder builder) throws IOException, InterruptedException {
		try (StartedCommand command = StartedCommand.start(builder)) {
			int exitCode = command.awaitExitCode();
			String output = String.join("\n", command.lines());
			assertThat(exitCode).as("%s: %s", builder.command(), output).isZero();
			return output;
		}
	}

	@Override
	public void close() throws IOException {
		try {
			for (String container : this.containers) {
				run("rm", "-f", "-i", container);
			}
			removeImages();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
