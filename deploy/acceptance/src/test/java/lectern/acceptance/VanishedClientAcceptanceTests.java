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

/** A client whose network is gone says no goodbye, and is soon not counted any more. */
@ExtendWith(LecternUp.class)
@Timeout(300)
class VanishedClientAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final Duration GONE_WITHIN = Duration.ofSeconds(45);

	/** Not in use elsewhere: a network for tests of devices, RFC 2544. */
	private static final String NETWORK = "198.18.77.";

	private final String name = "lectern" + ProcessHandle.current().pid() % 100_000;

	@BeforeEach
	void makeNetwork() throws Exception {
		assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).as("the user, who must be root to unplug")
			.isEqualTo(0);
		assumeThat(System.getenv("PATH").split(File.pathSeparator)).as("folders, one of which has ip in it")
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, "ip")));
		assumeThat(System.getenv("PATH").split(File.pathSeparator)).as("folders, one of which has curl in it")
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, "curl")));
		assumeThat(run("ip", "netns", "add", this.name)).as("a network namespace can be made").isZero();
		String ours = this.name + "a";
		String theirs = this.name + "b";
		assumeThat(run("ip", "link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", this.name)
				+ run("ip", "addr", "add", NETWORK + "1/24", "dev", ours) + run("ip", "link", "set", ours, "up")
				+ run("ip", "-n", this.name, "addr", "add", NETWORK + "2/24", "dev", theirs)
				+ run("ip", "-n", this.name, "link", "set", theirs, "up"))
			.as("two joined devices can be made")
			.isZero();
	}

	@AfterEach
	void removeNetwork() throws Exception {
		run("ip", "netns", "del", this.name);
	}

	@Test
	void isGoneFromTheCount(Lectern lectern) throws Exception {
		double before = subscribers(lectern);
		RunningProgram client = RunningProgram.start(List.of("ip", "netns", "exec", this.name, "curl", "--silent",
				"--no-buffer", "http://" + NETWORK + "1:" + lectern.port() + EVENTS));
		try (client) {
			assertThat(client.awaitLine("id:")).isNotEmpty();
			assertThat(subscribers(lectern)).isEqualTo(before + 1);

			long vanished = System.nanoTime();
			assertThat(run("ip", "-n", this.name, "link", "set", this.name + "b", "down")).isZero();

			Awaitility.await()
				.atMost(GONE_WITHIN)
				.pollInterval(Duration.ofMillis(200))
				.untilAsserted(() -> assertThat(subscribers(lectern)).isEqualTo(before));
			Proof.report("a client that vanished was gone from the count after %.1f s",
					(System.nanoTime() - vanished) / 1e9);
		}
	}

	private static double subscribers(Lectern lectern) {
		return lectern.meter("gateway", "lectern_stream_subscribers", EVENTS);
	}

	private static int run(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).inheritIO().start();
		assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("ended").isTrue();
		return process.exitValue();
	}

}
