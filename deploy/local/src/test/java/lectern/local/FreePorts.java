package lectern.local;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Ports for a test that nobody listens on. */
public final class FreePorts {

	private static final int TRIES = 100;

	private FreePorts() {
	}

	/** Find seven of them, below those that the system gives to outgoing connections. */
	static Ports find() {
		return Stream.generate(() -> new Ports(ThreadLocalRandom.current().nextInt(10_000, 31_000)))
			.limit(TRIES)
			.filter(FreePorts::free)
			.findFirst()
			.orElseThrow();
	}

	/** Find the first of them, the gateway's. */
	public static int first() {
		return find().gateway();
	}

	private static boolean free(Ports ports) {
		try {
			ports.refuseTaken();
			return true;
		}
		catch (Refusal ex) {
			return false;
		}
	}

}
