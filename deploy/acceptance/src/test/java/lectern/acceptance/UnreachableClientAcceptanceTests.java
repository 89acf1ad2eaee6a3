package lectern.acceptance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A client that loses its network is removed from the count within the limit. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class UnreachableClientAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final Duration DETECTION_TIMEOUT = Duration.ofSeconds(45);

	/** A network reserved for tests of devices by RFC 2544. */
	private static final String NETWORK = "198.18.77.";

	private final String namespace = "lectern" + ProcessHandle.current().pid() % 100_000;

	@BeforeEach
	void createNetwork() throws Exception {
		assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).as("the user, who must be root to unplug")
			.isEqualTo(0);
		assumeThat(System.getenv("PATH").split(File.pathSeparator)).as("folders, one of which has ip in it")
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, "ip")));
		assumeThat(System.getenv("PATH").split(File.pathSeparator)).as("folders, one of which has curl in it")
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, "curl")));
		assumeThat(run("ip", "netns", "add", this.namespace)).as("a network namespace can be made").isZero();
		String ours = this.namespace + "a";
		String theirs = this.namespace + "b";
		assumeThat(run("ip", "link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", this.namespace)
				+ run("ip", "addr", "add", NETWORK + "1/24", "dev", ours) + run("ip", "link", "set", ours, "up")
				+ run("ip", "-n", this.namespace, "addr", "add", NETWORK + "2/24", "dev", theirs)
				+ run("ip", "-n", this.namespace, "link", "set", theirs, "up"))
			.as("two joined devices can be made")
			.isZero();
	}

	@AfterEach
	void removeNetwork() throws Exception {
		run("ip", "netns", "del", this.namespace);
	}

	@Test
	void unreachableClientIsRemovedFromSubscriberCount(LecternInstance lectern) throws Exception {
		double before = subscriberCount(lectern);
		RunningProgram client = RunningProgram.start(List.of("ip", "netns", "exec", this.namespace, "curl", "--silent",
				"--no-buffer", "http://" + NETWORK + "1:" + lectern.port() + EVENTS));
		try (client) {
			assertThat(client.awaitLine("id:")).isNotEmpty();
			assertThat(subscriberCount(lectern)).isEqualTo(before + 1);

			long vanished = System.nanoTime();
			assertThat(run("ip", "-n", this.namespace, "link", "set", this.namespace + "b", "down")).isZero();

			Awaitility.await()
				.atMost(DETECTION_TIMEOUT)
				.pollInterval(Duration.ofMillis(200))
				.untilAsserted(() -> assertThat(subscriberCount(lectern)).isEqualTo(before));
			TestScale.report("a client that vanished was gone from the count after %.1f s",
					(System.nanoTime() - vanished) / 1e9);
		}
	}

	private static double subscriberCount(LecternInstance lectern) {
		return lectern.sumMeter("gateway", "lectern_stream_subscribers", EVENTS);
	}

	private static int run(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).inheritIO().start();
		assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("ended").isTrue();
		return process.exitValue();
	}

}
