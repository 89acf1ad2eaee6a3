package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lets PostgreSQL run when Lectern was started by root, which it refuses by itself: in a
 * user namespace of its own it sees no root, while its files stay root's.
 */
final class UnprivilegedUser {

	private final List<String> prefix;

	private UnprivilegedUser(List<String> prefix) {
		this.prefix = prefix;
	}

	/**
	 * Find out who runs this.
	 * @throws StartupException if it is root and there is no way around
	 */
	static UnprivilegedUser detect() throws IOException, InterruptedException {
		if (!isRoot()) {
			return new UnprivilegedUser(List.of());
		}
		List<String> namespace = List.of("unshare", "-U");
		if (ProcessRunner.isOnPath("unshare")
				&& ProcessRunner.run(List.of("unshare", "-U", "true"), System.getenv()).succeeded()) {
			return new UnprivilegedUser(namespace);
		}
		throw new StartupException(
				"PostgreSQL does not run as root, and this machine allows no user namespace (unshare -U): "
						+ "run ./lectern up as an ordinary user.");
	}

	private static boolean isRoot() throws IOException, InterruptedException {
		Path self = Path.of("/proc/self");
		if (Files.exists(self)) {
			return Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
		}
		return ProcessRunner.run(List.of("id", "-u"), Map.of("PATH", "/usr/bin:/bin")).output().strip().equals("0");
	}

	/** Return the command as an ordinary user would run it. */
	List<String> wrapCommand(List<String> command) {
		List<String> prefixed = new ArrayList<>(this.prefix);
		prefixed.addAll(command);
		return prefixed;
	}

}
