package lectern.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ports that nobody listens on, below those that outgoing connections are given. */
final class FreePorts {

	private static final int TRIES = 100;

	private static final int MANAGEMENT = 1_000;

	private FreePorts() {
	}

	/** The first of those that a Lectern needs. */
	static int forLectern() {
		return Stream.generate(FreePorts::random)
			.limit(TRIES)
			.filter((port) -> IntStream.range(port, port + 4).allMatch(FreePorts::free)
					&& IntStream.range(port + MANAGEMENT, port + MANAGEMENT + 3).allMatch(FreePorts::free))
			.findFirst()
			.orElseThrow();
	}

	static int one() {
		return Stream.generate(FreePorts::random).limit(TRIES).filter(FreePorts::free).findFirst().orElseThrow();
	}

	private static int random() {
		return ThreadLocalRandom.current().nextInt(10_000, 31_000);
	}

	private static boolean free(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return true;
		}
		catch (IOException _) {
			return false;
		}
	}

}
