package lectern.acceptance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The streams as received by curl. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class CurlAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	@BeforeAll
	static void assumeCurlIsInstalled() {
		assumeThat(System.getenv("PATH").split(File.pathSeparator)).as("folders, one of which has curl in it")
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, "curl")));
	}

	@Test
	void curlPrintsOpeningFrameImmediately(LecternInstance lectern) throws Exception {
		try (RunningProgram curl = curl(lectern)) {
			assertThat(curl.nextLine()).matches("retry: ?\\d{4}");
			assertThat(curl.nextLine()).startsWith(":");
			assertThat(curl.nextLine()).matches("id: ?\\S+");
			assertThat(curl.nextLine()).isEmpty();
		}
	}

	@Test
	void curlPrintsEventInTwoLines(LecternInstance lectern) throws Exception {
		try (RunningProgram curl = curl(lectern)) {
			curl.awaitLine("id:");
			assertThat(curl.nextLine()).isEmpty();

			String cursor = write(lectern);

			assertThat(curl.awaitLine("id:")).isEqualTo(cursor);
			assertThat(JsonTrees.parse(curl.nextLine().substring("data:".length())).path("book").asString())
				.isEqualTo("by-curl");
			assertThat(curl.nextLine()).isEmpty();
		}
	}

	@Test
	void curlResumesFromLastEventId(LecternInstance lectern) throws Exception {
		String seen = write(lectern);
		List<String> missed = List.of(write(lectern), write(lectern));

		try (RunningProgram curl = curl(lectern, "-H", "Last-Event-ID: " + seen)) {
			assertThat(curl.awaitLine("id:")).isEqualTo(seen);
			assertThat(curl.awaitLine("id:")).isEqualTo(missed.getFirst());
			assertThat(curl.awaitLine("id:")).isEqualTo(missed.getLast());
			assertThat(write(lectern)).isEqualTo(curl.awaitLine("id:"));
		}
	}

	@Test
	void closedCurlIsRemovedFromSubscriberCount(LecternInstance lectern) throws Exception {
		double before = subscriberCount(lectern);
		List<RunningProgram> curls = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			curls.add(curl(lectern));
			curls.getLast().awaitLine("id:");
		}
		double during = subscriberCount(lectern);
		assertThat(during).isGreaterThanOrEqualTo(before + curls.size());

		curls.forEach(RunningProgram::close);

		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(subscriberCount(lectern)).isLessThanOrEqualTo(during - curls.size()));
	}

	private static RunningProgram curl(LecternInstance lectern, String... options) throws IOException {
		List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--no-buffer"));
		command.addAll(List.of(options));
		command.add(lectern.url() + EVENTS);
		return RunningProgram.start(command);
	}

	private static String write(LecternInstance lectern) {
		return new CuratorClient(lectern).saveBook("by-curl", "Written at " + System.nanoTime());
	}

	/** The sum over the gateway and the service behind it. */
	private static double subscriberCount(LecternInstance lectern) {
		return lectern.sumMeter("gateway", "lectern_stream_subscribers", EVENTS)
				+ lectern.sumMeter("catalog-service", "lectern_stream_subscribers", EVENTS);
	}

}
