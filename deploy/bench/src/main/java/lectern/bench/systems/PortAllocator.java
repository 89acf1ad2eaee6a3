package lectern.bench.systems;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds free ports below the range from which the system assigns ports to outgoing
 * connections. The launcher's tests have a finder of their own, because the bench and the
 * launcher share no classes.
 */
final class PortAllocator {

	private static final int MAX_ATTEMPTS = 100;

	private static final int MANAGEMENT_OFFSET = 1_000;

	private PortAllocator() {
	}

	/** Return the first port of the seven that one Lectern needs. */
	static int freeLecternPorts() {
		return Stream.generate(PortAllocator::randomPort)
			.limit(MAX_ATTEMPTS)
			.filter((port) -> IntStream.range(port, port + 4).allMatch(PortAllocator::isFree)
					&& IntStream.range(port + MANAGEMENT_OFFSET, port + MANAGEMENT_OFFSET + 3)
						.allMatch(PortAllocator::isFree))
			.findFirst()
			.orElseThrow();
	}

	/** Return one free port. */
	static int freePort() {
		return Stream.generate(PortAllocator::randomPort)
			.limit(MAX_ATTEMPTS)
			.filter(PortAllocator::isFree)
			.findFirst()
			.orElseThrow();
	}

	private static int randomPort() {
		return ThreadLocalRandom.current().nextInt(10_000, 31_000);
	}

	private static boolean isFree(int port) {
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
