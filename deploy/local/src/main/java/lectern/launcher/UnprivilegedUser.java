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

	private static final int FIRST_UNPRIVILEGED_PORT = 1024;

	private final List<String> prefix;

	/**
	 * @param prefix the command that runs another as this user; empty if it is the
	 * current user
	 */
	UnprivilegedUser(List<String> prefix) {
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
						+ "run lectern up as a user other than root.");
	}

	private static boolean isRoot() throws IOException, InterruptedException {
		Path self = Path.of("/proc/self");
		if (Files.exists(self)) {
			return Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
		}
		return ProcessRunner.run(List.of("id", "-u"), Map.of("PATH", "/usr/bin:/bin")).output().strip().equals("0");
	}

	/**
	 * Check that the user may listen on the port of PostgreSQL. Root may listen on every
	 * port, but PostgreSQL then runs as another user, and would be restarted for ever.
	 * @throws StartupException if the port is reserved for root
	 */
	void requireAllowedPort(Ports ports) throws IOException {
		requireAllowedPort(ports, lowestUnprivilegedPort());
	}

	void requireAllowedPort(Ports ports, int lowest) {
		if (!this.prefix.isEmpty() && ports.postgres() < lowest) {
			throw new StartupException("PostgreSQL does not run as root, so it cannot listen on port "
					+ ports.postgres() + ": set LECTERN_PORT (now " + ports.gateway() + ") to " + (lowest - 3)
					+ " or more, and let a proxy listen on port " + ports.gateway() + ".");
		}
	}

	/** Return the lowest port that every user may listen on. */
	private static int lowestUnprivilegedPort() throws IOException {
		Path setting = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
		return Files.isReadable(setting) ? Integer.parseInt(Files.readString(setting).strip())
				: FIRST_UNPRIVILEGED_PORT;
	}

	/** Wrap a command so that it does not run as root. */
	List<String> wrapCommand(List<String> command) {
		List<String> prefixed = new ArrayList<>(this.prefix);
		prefixed.addAll(command);
		return prefixed;
	}

}
