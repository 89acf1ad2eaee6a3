package lectern.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import lectern.web.StreamedRequest;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A device that was offline for days sends everything over a bad connection. */
@ExtendWith(LecternExtension.class)
@Timeout(900)
class OfflineDeviceAcceptanceTests {

	private static final int COMMANDS = TestScale.size(50_000, 1_500);

	private static final int PART = 50;

	/** A connection is cut after so many parts at the most. */
	private static final int MAX_PARTS = TestScale.size(60, 8);

	private static final Instant OFFLINE_SINCE = Instant.parse("2026-03-01T08:00:00Z");

	private final Random random = new Random(20261129);

	@Test
	void listOverConnectionThatIsCutHasTheEffectOfTheSameCommandsOnline(LecternInstance lectern) throws Exception {
		new CuratorClient(lectern).saveBook("read-offline", "Read offline");
		ReaderClient offline = new ReaderClient(lectern);
		String reading = UUID.randomUUID().toString();

		int connections = sendOverBadConnection(offline, reading);

		ReaderClient online = new ReaderClient(lectern);
		String twin = UUID.randomUUID().toString();
		for (int number = 0; number < COMMANDS; number++) {
			online.send(command(number, twin));
		}
		assertThat(connections).as("connections").isGreaterThan(2);
		assertThat(eventCount(lectern, offline)).isEqualTo(eventCount(lectern, online)).isGreaterThan(COMMANDS / 2);
		// A read model may be an event behind the log.
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(
					() -> assertThat(comparable(offline.reading(reading))).isEqualTo(comparable(online.reading(twin))));
		TestScale.report("%,d commands over %d connections", COMMANDS, connections);
	}

	/** More lines than the queue of any part of the way holds. */
	@Test
	void longListIsExecutedWhole(LecternInstance lectern) throws Exception {
		ReaderClient reader = new ReaderClient(lectern);
		String reading = reader.startReading("fluent-python");
		int lines = TestScale.size(200_000, 2_000);
		StreamedRequest request = reader.openCommandList();
		Thread sender = Thread.ofVirtual().start(() -> send(request, lines, reading));

		requireAll(request, lines, 1);

		sender.join(HANG_LIMIT);
		assertThat(eventCount(lectern, reader)).isGreaterThan(lines / 2);
	}

	private static void send(StreamedRequest request, int lines, String reading) {
		try {
			for (int line = 0; line < lines; line++) {
				request.send("{\"key\":\"long-%d\",\"type\":\"report\",\"reading\":\"%s\",\"fraction\":%s}\n"
					.formatted(line, reading, line / (double) lines));
			}
			request.end();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Send all commands, each connection from the last line that was answered. */
	private int sendOverBadConnection(ReaderClient reader, String reading) throws IOException {
		int answered = 0;
		for (int connection = 1;; connection++) {
			StreamedRequest request = reader.openCommandList();
			int parts = 1 + this.random.nextInt(MAX_PARTS);
			int next = answered;
			for (int part = 0; part < parts && next < COMMANDS; part++) {
				int end = Math.min(next + PART, COMMANDS);
				request.send(lines(next, end, reading));
				next = end;
			}
			if (next == COMMANDS) {
				request.end();
				return requireAll(request, COMMANDS - answered, connection);
			}
			// A part of a line arrives, too, and the rest never does.
			request.send(lines(next, next + 1, reading).substring(0, 30));
			answered += through(request.readLine());
			request.cut();
		}
	}

	private static int requireAll(StreamedRequest request, int lines, int connection) throws IOException {
		int through = 0;
		for (@Nullable
		String line = request.readLine(); line != null; line = request.readLine()) {
			through = through(line);
		}
		request.close();
		assertThat(through).isEqualTo(lines);
		return connection;
	}

	private static int through(@Nullable String answer) {
		JsonNode json = JsonMapper.shared().readTree(answer);
		assertThat(json.has("problem")).as(answer).isFalse();
		return json.path("through").asInt();
	}

	private static String lines(int from, int to, String reading) {
		List<String> lines = new ArrayList<>();
		for (int number = from; number < to; number++) {
			lines.add(command(number, reading) + "\n");
		}
		return String.join("", lines);
	}

	/** The commands of three days; every hundredth finishes or reopens the reading. */
	private static String command(int number, String reading) {
		String time = OFFLINE_SINCE.plusMillis(3L * 86_400_000 / COMMANDS * number).toString();
		ObjectNode command = JsonMapper.shared().createObjectNode();
		command.put("key", "offline-" + number).put("occurredAt", time);
		if (number == 0) {
			return command.put("type", "start").put("book", "read-offline").put("id", reading).toString();
		}
		command.put("reading", reading);
		return switch (number % 100) {
			case 98 -> command.put("type", "finish").toString();
			case 99 -> command.put("type", "reopen").toString();
			default -> command.put("type", "report")
				.put("fraction", (number * 7919L % 10_000) / 10_000.0)
				.put("page", number % 900)
				.toString();
		};
	}

	private static long eventCount(LecternInstance lectern, ReaderClient reader) throws Exception {
		return Long.parseLong(
				lectern.queryValue("progress", "select count(*) from event where reader = '" + reader.handle() + "'"));
	}

	/** Without the id and the times at which the service received what happened. */
	private static JsonNode comparable(JsonNode reading) {
		ObjectNode comparable = ((ObjectNode) reading.deepCopy()).remove(List.of("id", "changedAt"));
		comparable.findParents("receivedAt").forEach((parent) -> ((ObjectNode) parent).remove("receivedAt"));
		return comparable;
	}

}
