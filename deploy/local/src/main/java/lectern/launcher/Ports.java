package lectern.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All ports that Lectern listens on, derived from the gateway's.
 *
 * @param gateway the public port, 1 to 64533
 */
record Ports(int gateway) {

	private static final int MANAGEMENT_OFFSET = 1000;

	private static final int MAX_GATEWAY_PORT = 65535 - MANAGEMENT_OFFSET - 2;

	Ports {
		if (gateway < 1 || gateway > MAX_GATEWAY_PORT) {
			throw new StartupException(
					"LECTERN_PORT is " + gateway + ": set it to a number from 1 to " + MAX_GATEWAY_PORT + ".");
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
				throw new StartupException(unavailableMessage(port, use));
			}
		});
	}

	private String unavailableMessage(int port, String use) {
		return "Port " + port + ", which " + use + " needs, is in use by another program or not allowed: "
				+ "stop that program, or set LECTERN_PORT (now " + this.gateway
				+ ") to another number; Lectern uses four ports from there and three from LECTERN_PORT + 1000.";
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
