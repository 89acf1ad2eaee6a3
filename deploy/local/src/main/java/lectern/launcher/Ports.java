package lectern.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * All ports that Lectern listens on, derived from the gateway's.
 *
 * @param gateway the public port, 1 to 64533
 */
record Ports(int gateway) {

	/** Those below it need a right that is not given to a process later. */
	private static final int FIRST_UNRESERVED_PORT = 1024;

	private static final int MANAGEMENT_OFFSET = 1000;

	private static final int MAX_GATEWAY_PORT = 65535 - MANAGEMENT_OFFSET - 2;

	/**
	 * The "bad ports" of the Fetch standard, to which browsers do not connect.
	 * @see <a href="https://fetch.spec.whatwg.org/#port-blocking">Port blocking</a>
	 */
	private static final Set<Integer> BLOCKED_BY_BROWSERS = Set.of(1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37,
			42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139,
			143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601,
			636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667,
			6668, 6669, 6679, 6697, 10080);

	Ports {
		if (gateway < 1 || gateway > MAX_GATEWAY_PORT) {
			throw new StartupException(
					"LECTERN_PORT is " + gateway + ": set it to a number from 1 to " + MAX_GATEWAY_PORT + ".");
		}
		if (BLOCKED_BY_BROWSERS.contains(gateway)) {
			throw new StartupException("LECTERN_PORT is " + gateway
					+ ", a port that browsers refuse to connect to: set it to another number, such as 8080.");
		}
	}

	int catalog() {
		return this.gateway + 1;
	}

	int progress() {
		return this.gateway + 2;
	}

	int postgres() {
		return this.gateway + 3;
	}

	/** Return the management port of the service on the given port. */
	int managementPort(int servicePort) {
		return servicePort + MANAGEMENT_OFFSET;
	}

	/**
	 * Check that Lectern can listen on all ports.
	 * @throws StartupException naming the first port that is in use or not allowed
	 */
	void requireAvailable() {
		Map<Integer, String> uses = new LinkedHashMap<>();
		uses.put(this.gateway, "the gateway");
		uses.put(catalog(), "catalog-service");
		uses.put(progress(), "progress-service");
		uses.put(postgres(), "PostgreSQL");
		uses.put(managementPort(this.gateway), "the gateway's metrics");
		uses.put(managementPort(catalog()), "catalog-service's metrics");
		uses.put(managementPort(progress()), "progress-service's metrics");
		uses.forEach((port, use) -> {
			boolean onAllAddresses = (port == this.gateway);
			if (!isAvailable(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
					|| (onAllAddresses && !isAvailable(new InetSocketAddress(port)))) {
				String message = unavailableMessage(port, use);
				throw (port < FIRST_UNRESERVED_PORT) ? new StartupException(message)
						: StartupException.temporary(message);
			}
		});
	}

	private String unavailableMessage(int port, String use) {
		return "Port " + port + ", which " + use + " needs, is in use by another program or not allowed: "
				+ "stop that program, or set LECTERN_PORT (now " + this.gateway
				+ ") to another number; Lectern uses four ports from there and three from LECTERN_PORT + 1000, so "
				+ "numbers at which another Lectern begins, and those 1000 above or below them, do not fit.";
	}

	private static boolean isAvailable(InetSocketAddress address) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(address);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
