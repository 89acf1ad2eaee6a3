package lectern.launcher;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Ports for a test that nobody listens on. */
public final class FreePorts {

	private static final int MAX_ATTEMPTS = 100;

	private FreePorts() {
	}

	/** Find seven of them, below those that the system gives to outgoing connections. */
	static Ports find() {
		return Stream.generate(() -> new Ports(ThreadLocalRandom.current().nextInt(10_000, 31_000)))
			.limit(MAX_ATTEMPTS)
			.filter(FreePorts::isAvailable)
			.findFirst()
			.orElseThrow();
	}

	/** Find the first of them, the gateway's. */
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
