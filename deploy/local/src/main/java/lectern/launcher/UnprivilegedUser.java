package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The user that runs PostgreSQL. PostgreSQL refuses to run as root; if Lectern was
 * started by root, PostgreSQL runs in a user namespace of its own, where it is not root,
 * and its files still belong to root.
 */
final class UnprivilegedUser {

	private final List<String> prefix;

	private UnprivilegedUser(List<String> prefix) {
		this.prefix = prefix;
	}

	/**
	 * Detect the current user.
	 * @throws StartupException if it is root and user namespaces are not available
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
				"PostgreSQL does not run as root, and this machine does not allow user namespaces (unshare -U): "
						+ "run ./lectern up as a user other than root.");
	}

	private static boolean isRoot() throws IOException, InterruptedException {
		Path self = Path.of("/proc/self");
		if (Files.exists(self)) {
			return Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
		}
		return ProcessRunner.run(List.of("id", "-u"), Map.of("PATH", "/usr/bin:/bin")).output().strip().equals("0");
	}

	/** Wrap a command so that it does not run as root. */
	List<String> wrapCommand(List<String> command) {
		List<String> prefixed = new ArrayList<>(this.prefix);
		prefixed.addAll(command);
		return prefixed;
	}

}
