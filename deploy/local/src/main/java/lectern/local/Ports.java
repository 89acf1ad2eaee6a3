package lectern.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every port Lectern listens on, counted from the gateway's.
 *
 * @param gateway the port people use, 1 to 64533
 */
record Ports(int gateway) {

	private static final int MANAGEMENT = 1000;

	private static final int HIGHEST = 65535 - MANAGEMENT - 2;

	Ports {
		if (gateway < 1 || gateway > HIGHEST) {
			throw new Refusal("LECTERN_PORT is " + gateway + ": set it to a number from 1 to " + HIGHEST + ".");
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
	int management(int servicePort) {
		return servicePort + MANAGEMENT;
	}

	/**
	 * Refuse, before anything is started, when somebody else listens on one of the ports.
	 * @throws Refusal naming the first port taken
	 */
	void refuseTaken() {
		Map<Integer, String> uses = new LinkedHashMap<>();
		uses.put(this.gateway, "the gateway");
		uses.put(catalog(), "catalog-service");
		uses.put(progress(), "progress-service");
		uses.put(postgres(), "PostgreSQL");
		uses.put(management(this.gateway), "the gateway's metrics");
		uses.put(management(catalog()), "catalog-service's metrics");
		uses.put(management(progress()), "progress-service's metrics");
		uses.forEach((port, user) -> {
			boolean everywhere = (port == this.gateway);
			if (!free(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
					|| (everywhere && !free(new InetSocketAddress(port)))) {
				throw new Refusal(taken(port, user));
			}
		});
	}

	private String taken(int port, String user) {
		return "Port " + port + ", which " + user + " needs, is in use by another program or not allowed: "
				+ "stop that program, or set LECTERN_PORT (now " + this.gateway
				+ ") to another number; Lectern uses the four ports from there and three from 1000 above.";
	}

	private static boolean free(InetSocketAddress address) {
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
