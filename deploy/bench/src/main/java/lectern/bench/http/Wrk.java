package lectern.bench.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import lectern.bench.machine.Machine;

/**
 * wrk, a closed-loop HTTP client written in C, which uses less CPU than
 * {@link ClosedLoopClients}. Both were measured with 64 connections on two cores that
 * also ran other programs, in 6 alternating runs. With nginx and responses of 1.2 KB, wrk
 * used 3.6 to 3.8 µs of CPU per request instead of 6 to 7 (13 in the first run, before
 * the JVM had compiled the code). With catalog-service, wrk used 18 µs instead of 31 for
 * one book, and 25 µs instead of 34 for a search (in the last run, at the highest
 * throughput).
 * <p>
 * wrk is used for plain GET requests only. Requests that differ per connection, such as
 * reports with tokens and ids, would have to be made in Lua for each request, and event
 * streams are not supported: for these the bench has clients of its own.
 * <p>
 * wrk corrects its latencies for coordinated omission: for each latency above twice the
 * mean it adds samples above the mean. This moves a p99 by about 1 % or less, for Lectern
 * and the reference alike.
 */
public final class Wrk {

	/** How to install it. */
	public static final String INSTALL_HINT = "apt-get install wrk";

	private static final String SCRIPT = "wrk.lua";

	private static final int EXIT_SECONDS = 5;

	private static final double NANOS_PER_SECOND = 1e9;

	private final int port;

	private final int connections;

	private final List<String> paths;

	private final Duration meanDelay;

	/**
	 * Create a client.
	 * @param port the port on this machine
	 * @param connections the number of connections, all on one thread
	 * @param paths the paths of the requests, chosen at random
	 */
	public Wrk(int port, int connections, List<String> paths) {
		this(port, connections, paths, Duration.ZERO);
	}

	private Wrk(int port, int connections, List<String> paths, Duration meanDelay) {
		this.port = port;
		this.connections = connections;
		this.paths = paths;
		this.meanDelay = meanDelay;
	}

	/**
	 * Return a client that sends at most the given number of requests per second. Each
	 * connection waits a random time after each response; a rate that the server keeps up
	 * with easily is missed by a few percent.
	 */
	public Wrk withRate(double requestsPerSecond) {
		return new Wrk(this.port, this.connections, this.paths,
				Duration.ofNanos((long) (this.connections / requestsPerSecond * NANOS_PER_SECOND)));
	}

	/** Return whether wrk is installed. */
	public static boolean isInstalled() {
		return !version().isEmpty();
	}

	/** Return the version; empty if it is not installed. */
	public static String version() {
		return Machine.firstOutputLine("wrk", "--version").replaceFirst(" \\[.*", "");
	}

	/**
	 * Send requests for the given time.
	 * @throws IOException if wrk cannot be run, or if a request fails or is answered with
	 * a status of 400 or more
	 */
	public WrkResult run(Duration length) throws IOException {
		Path folder = Files.createTempDirectory("lectern-bench-wrk");
		Path script = folder.resolve(SCRIPT);
		Path pathsFile = folder.resolve("paths");
		try {
			try (InputStream resource = Objects.requireNonNull(Wrk.class.getResourceAsStream(SCRIPT))) {
				Files.copy(resource, script);
			}
			Files.write(pathsFile, this.paths);
			Process process = new ProcessBuilder("wrk", "--threads=1", "--connections=" + this.connections,
					"--duration=" + length.toSeconds() + "s", "--timeout=10s", "--script=" + script,
					"http://127.0.0.1:" + this.port, "--", pathsFile.toString(),
					Long.toString(this.meanDelay.toMillis()))
				.redirectErrorStream(true)
				.start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			// Its CPU time counts as that of an ended child only after its exit.
			process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS);
			return WrkResult.parse(output);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
		finally {
			Files.deleteIfExists(script);
			Files.deleteIfExists(pathsFile);
			Files.delete(folder);
		}
	}

}
