package lectern.launcher;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Finds ports for tests on which no program listens. */
public final class FreePorts {

	private static final int MAX_ATTEMPTS = 100;

	private FreePorts() {
	}

	/**
	 * Find the seven ports of one Lectern, below the range from which the system assigns
	 * ports to outgoing connections, and above those that browsers refuse.
	 */
	static Ports find() {
		return Stream.generate(() -> new Ports(ThreadLocalRandom.current().nextInt(10_100, 31_000)))
			.limit(MAX_ATTEMPTS)
			.filter(FreePorts::isAvailable)
			.findFirst()
			.orElseThrow();
	}

	/** Find the ports of one Lectern and return the gateway's, the first of them. */
	public static int findGatewayPort() {
		return find().gateway();
	}

	private static boolean isAvailable(Ports ports) {
		try {
			ports.requireAvailable();
			return true;
		}
		catch (StartupException ex) {
			return false;
		}
	}

}
