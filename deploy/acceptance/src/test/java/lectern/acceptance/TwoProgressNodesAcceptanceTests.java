package lectern.acceptance;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lectern.launcher.ServiceNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.http.MediaType;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Two processes of progress-service on one database. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class TwoProgressNodesAcceptanceTests {

	private static final String SERVICE = "progress-service";

	private static final String UNKNOWN_DATA = "{\"text\": \"of a later release\"}";

	private final String run = UUID.randomUUID().toString().substring(0, 8);

	@Test
	void stalledNodeDoesNotMoveTheReplicaBack(LecternInstance lectern) throws Exception {
		CuratorClient curator = new CuratorClient(lectern);
		String removed = "removed-" + this.run;
		String later = "later-" + this.run;
		ReaderClient reader = ReaderClient.bypassingGateway(SERVICE, lectern);
		double subscribers = catalogSubscribers(lectern);
		try (ServiceNode node = lectern.startSecondNode(SERVICE)) {
			node.awaitReady();
			Awaitility.await().atMost(HANG_LIMIT).until(() -> catalogSubscribers(lectern) > subscribers);
			node.freeze();
			curator.saveBook(removed, "Removed");
			importBooks(lectern, 150);
			String cursor = curator.removeBook(removed);
			awaitReplica(lectern, cursor);

			thawAndKillInTheMiddle(lectern, node);
		}
		awaitReplica(lectern, curator.saveBook(later, "Later"));
		assertThat(replicated(lectern, removed)).isFalse();
		reader.assertUnknown(removed);
		reader.startReading(later);
		try (ServiceNode node = lectern.startSecondNode(SERVICE).awaitReady()) {
			ReaderClient elsewhere = ReaderClient.bypassingGateway(SERVICE, lectern).at(url(node));
			elsewhere.assertUnknown(removed);
			elsewhere.startReading(later);
			startsOnBothNodesGiveOneReading(lectern, node, later);
		}
	}

	private static void startsOnBothNodesGiveOneReading(LecternInstance lectern, ServiceNode node, String book) {
		ReaderClient here = ReaderClient.bypassingGateway(SERVICE, lectern);
		List<ReaderClient> nodes = List.of(here, here.at(url(node)));
		List<String> readings = Flux.range(0, 8)
			.flatMap((number) -> Mono.fromCallable(() -> nodes.get(number % 2).startOrContinueReading(book))
				.subscribeOn(Schedulers.boundedElastic()), 8)
			.collectList()
			.block(HANG_LIMIT);
		assertThat(readings).hasSize(8).containsOnly(readings.getFirst());
	}

	@Test
	void eventsOfLaterReleaseStopNothing(LecternInstance lectern) throws Exception {
		String book = "unknown-" + this.run;
		awaitReplica(lectern, new CuratorClient(lectern).saveBook(book, "A Book"));
		ReaderClient here = ReaderClient.bypassingGateway(SERVICE, lectern);
		String reading = here.startReading(book);
		try (ServiceNode node = lectern.startSecondNode(SERVICE).awaitReady()) {
			ReaderClient there = here.at(url(node));
			here.reportPosition(reading, 0.1);
			try (RecordingStreamClient relayed = here.subscribe("start");
					RecordingStreamClient direct = RecordingStreamClient.connect(url(node) + here.streamPath(),
							streamHeaders(here))) {
				append(lectern, here.handle(), reading, 3, "note-taken");
				append(lectern, here.handle(), "path:" + here.handle() + ":no-path", 1, "path-praised");
				append(lectern, here.handle(), "shelf:" + here.handle(), 1, "shelf-tidied");
				String first = here.reportPosition(reading, 0.2);
				here.assertPosition(reading, 0.2, first);
				there.assertPosition(reading, 0.2, first);
				String second = there.reportPosition(reading, 0.3);
				there.assertPosition(reading, 0.3, second);
				here.assertPosition(reading, 0.3, second);
				assertStreamed(relayed, reading, second);
				assertStreamed(direct, reading, second);
			}
			for (int port : List.of(lectern.managementPort(SERVICE), node.managementPort())) {
				assertThat(readiness(port)).isEqualTo(200);
				Awaitility.await().atMost(HANG_LIMIT).until(() -> largestLag(port) < 5);
			}
			unreadableEventIsTold(lectern, node, here, reading);
		}
	}

	/** Until it can be read again, no view gets further, and operators can see that. */
	private static void unreadableEventIsTold(LecternInstance lectern, ServiceNode node, ReaderClient reader,
			String reading) throws Exception {
		List<Integer> ports = List.of(lectern.managementPort(SERVICE), node.managementPort());
		String position = append(lectern, reader.handle(), "shelf:" + reader.handle(), 2, "reading-abandoned", "[]");
		try {
			for (int port : ports) {
				Awaitility.await().atMost(LecternInstance.RESTART_TIMEOUT).until(() -> readiness(port) == 503);
				assertThat(largestLag(port)).isGreaterThan(20);
			}
		}
		finally {
			try (Connection connection = lectern.connect("progress");
					Statement statement = connection.createStatement()) {
				statement.executeUpdate("update event set type = 'shelf-tidied' where position = " + position);
			}
		}
		for (int port : ports) {
			Awaitility.await().atMost(LecternInstance.RESTART_TIMEOUT).until(() -> readiness(port) == 200);
		}
		reader.assertPosition(reading, 0.4, reader.reportPosition(reading, 0.4));
	}

	private static void assertStreamed(RecordingStreamClient stream, String reading, String last) throws Exception {
		Map<String, JsonNode> unknown = new HashMap<>();
		RecordingStreamClient.ReceivedFrame frame = stream.nextEvent();
		while (!frame.id().equals(last)) {
			unknown.put(frame.data().path("type").asString(), frame.data());
			frame = stream.nextEvent();
		}
		for (String type : List.of("note-taken", "path-praised", "shelf-tidied")) {
			assertThat(unknown).containsKey(type);
			assertThat(unknown.get(type).path("data")).isEqualTo(JsonTrees.parse(UNKNOWN_DATA));
		}
		assertThat(unknown.get("note-taken").path("reading").asString()).isEqualTo(reading);
	}

	/**
	 * Let the node continue with what it had received, and kill it in its first
	 * transaction after that.
	 */
	private static void thawAndKillInTheMiddle(LecternInstance lectern, ServiceNode node) throws Exception {
		try (Connection connection = lectern.connect("progress"); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("select cursor from catalog_cursor for update");
			node.thaw();
			Awaitility.await().atMost(HANG_LIMIT).until(() -> Integer.parseInt(waitingForCursor(lectern)) > 0);
			connection.commit();
			Awaitility.await().atMost(HANG_LIMIT).until(() -> Integer.parseInt(waitingForCursor(lectern)) == 0);
			node.kill();
		}
	}

	private static String waitingForCursor(LecternInstance lectern) throws SQLException, IOException {
		return lectern.queryValue("progress",
				"""
						select count(*) from pg_stat_activity
						where application_name = 'second-node' and wait_event_type = 'Lock' and query like '%catalog_cursor%'""");
	}

	private void importBooks(LecternInstance lectern, int count) {
		lectern.adminClient()
			.post()
			.uri("/api/v1/imports?source=nodes")
			.contentType(MediaType.APPLICATION_NDJSON)
			.bodyValue(IntStream.range(0, count)
				.mapToObj((
						n) -> "{\"type\":\"book\",\"id\":\"bulk-%s-%d\",\"title\":\"Bulk %d\",\"authors\":[\"A. Author\"]}"
							.formatted(this.run, n, n))
				.collect(Collectors.joining("\n")))
			.exchange()
			.expectStatus()
			.isCreated();
	}

	private static String append(LecternInstance lectern, String reader, String stream, int version, String type)
			throws SQLException, IOException {
		return append(lectern, reader, stream, version, type, UNKNOWN_DATA);
	}

	/** Append an event as another release does, and return its position. */
	private static String append(LecternInstance lectern, String reader, String stream, int version, String type,
			String data) throws SQLException, IOException {
		return lectern.queryValue("progress", """
				select last_position + 1 from append_batch(array['%1$s'], array[%2$d], array[1], array['%1$s'],
				    array[%3$d], array['%4$s'], array['%5$s'], array[null]::text[], array[now()], array['%6$s'],
				    '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')
				where verdicts = '{0}'""".formatted(stream, version - 1, version, reader, type, data));
	}

	private static double catalogSubscribers(LecternInstance lectern) {
		return lectern.sumMeter("catalog-service", "lectern_stream_subscribers", "");
	}

	private static void awaitReplica(LecternInstance lectern, String cursor) {
		long position = position(cursor);
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> position(lectern.queryValue("progress", "select cursor from catalog_cursor")) >= position);
	}

	private static long position(String cursor) {
		return Long.parseLong(cursor.substring(cursor.indexOf('-') + 1), Character.MAX_RADIX);
	}

	private static boolean replicated(LecternInstance lectern, String book) throws SQLException, IOException {
		return lectern.queryValue("progress", "select exists (select from book_replica where id = '" + book + "')")
			.equals("t");
	}

	private static Map<String, String> streamHeaders(ReaderClient reader) {
		return Stream
			.concat(reader.authorizationHeader().entrySet().stream(), Stream.of(Map.entry("Last-Event-ID", "start")))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private static int readiness(int managementPort) {
		return LecternInstance.client(managementPort)
			.get()
			.uri("/actuator/health/readiness")
			.exchange()
			.returnResult(Void.class)
			.getStatus()
			.value();
	}

	private static double largestLag(int managementPort) {
		return LecternInstance.sumMeter(managementPort, "lectern_projection_lag_seconds", "");
	}

	private static String url(ServiceNode node) {
		return "http://127.0.0.1:" + node.port();
	}

}
