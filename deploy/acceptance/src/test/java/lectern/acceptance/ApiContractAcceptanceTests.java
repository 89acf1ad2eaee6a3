package lectern.acceptance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import lectern.acceptance.RecordingStreamClient.ReceivedFrame;
import lectern.acceptance.contract.ContractRun;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three clients of one reader execute valid operations at random at the same time. Each
 * answer is that of a small model, and the streams deliver every change once and in
 * order.
 */
@ExtendWith(LecternExtension.class)
@Timeout(1800)
class ApiContractAcceptanceTests {

	private static final int CLIENTS = 3;

	private static final int STEPS = TestScale.size(2_000, 100);

	private static final long SEED = Long.getLong("lectern.contract.seed", TestScale.isFull() ? System.nanoTime() : 17);

	private static final Map<String, Integer> OPENING = Map.of("reading-started", 1, "reading-reopened", 1,
			"reading-resumed", 1, "reading-returned", 1, "reading-finished", -1, "reading-abandoned", -1,
			"reading-removed", -1);

	@Test
	void answersAndStreamsAreThoseOfTheModel(LecternInstance lectern) throws Exception {
		System.out.println("acceptance: contract with -Dlectern.contract.seed=" + SEED);
		ReaderClient reader = new ReaderClient(lectern);
		List<String> books = IntStream.rangeClosed(0, 2 * CLIENTS)
			.mapToObj((number) -> "contract-book-" + number)
			.toList();
		CuratorClient curator = new CuratorClient(lectern);
		books.forEach((book) -> curator.saveBook(book, "The book " + book));
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> reader.startOrContinueReading(books.getLast()));
		String readerStart = cursor(lectern, reader, "/api/v1/readers/" + reader.handle() + "/readings");
		String catalogStart = cursor(lectern, reader, "/api/v1/books");
		Set<String> versions = ConcurrentHashMap.newKeySet();
		List<String> tokens = List.of(reader.authorizationHeader().get("Authorization").substring(7),
				lectern.adminToken());
		List<ContractRun> runs = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			runs.add(new ContractRun(lectern.port(), reader.handle(), tokens, books.subList(2 * i, 2 * i + 2),
					books.getLast(), versions, "contract-" + reader.handle() + "-" + i, SEED + i));
		}

		String readerStream = reader.streamPath() + "?after=" + readerStart;
		String catalogStream = "/api/v1/catalog/events?after=" + catalogStart;
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
				RecordingStreamClient stream = lectern.subscribe(readerStream, reader.authorizationHeader());
				RecordingStreamClient catalog = lectern.subscribe(catalogStream, Map.of())) {
			long start = System.nanoTime();
			List<Future<?>> running = new ArrayList<>();
			runs.forEach((run) -> running.add(executor.submit(() -> run.run(STEPS))));
			for (Future<?> run : running) {
				run.get(20, TimeUnit.MINUTES);
			}
			TestScale.report("contract: %d clients, %d operations each in %d ms, seed %d, %d + %d changes", CLIENTS,
					STEPS, (System.nanoTime() - start) / 1_000_000, SEED,
					runs.stream().mapToInt((run) -> run.readerCursors().size()).sum(),
					runs.stream().mapToInt((run) -> run.curatorCursors().size()).sum());

			List<String> changes = runs.stream().flatMap((run) -> run.readerCursors().stream()).toList();
			List<JsonNode> events = receive(stream, changes);
			assertExactlyOnce(events, runs.stream().map(ContractRun::readerCursors).toList());
			assertResumedStreamIsSame(lectern, reader, readerStream, events);
			assertOneOpenReadingEach(events);
			assertCopies(events, runs);
			assertExactlyOnce(receive(catalog, runs.stream().flatMap((run) -> run.curatorCursors().stream()).toList()),
					runs.stream().map(ContractRun::curatorCursors).toList());
		}
		finally {
			for (ContractRun run : runs) {
				run.close();
			}
		}
	}

	private static String cursor(LecternInstance lectern, ReaderClient reader, String path) {
		return lectern.anonymousClient()
			.get()
			.uri(path)
			.headers((headers) -> reader.authorizationHeader().forEach(headers::set))
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(Void.class)
			.getResponseHeaders()
			.getFirst("Cursor");
	}

	/** Receive events until all these have come. */
	private static List<JsonNode> receive(RecordingStreamClient stream, List<String> cursors)
			throws InterruptedException {
		Set<String> missing = new LinkedHashSet<>(cursors);
		List<JsonNode> events = new ArrayList<>();
		while (!missing.isEmpty()) {
			ReceivedFrame frame = stream.nextEvent();
			assertThat(frame.id()).isEqualTo(frame.data().path("cursor").asString());
			events.add(frame.data());
			missing.remove(frame.id());
		}
		return events;
	}

	/** No event comes twice, and those of a client come in the order of its changes. */
	private static void assertExactlyOnce(List<JsonNode> events, List<List<String>> changes) {
		List<String> cursors = events.stream().map((event) -> event.path("cursor").asString()).toList();
		assertThat(cursors).doesNotHaveDuplicates();
		Map<String, Integer> order = new HashMap<>();
		cursors.forEach((cursor) -> order.put(cursor, order.size()));
		changes.forEach((own) -> assertThat(own.stream().map(order::get).toList()).doesNotHaveDuplicates().isSorted());
		Map<String, Integer> versions = new HashMap<>();
		events.forEach((event) -> {
			String subject = event.path("reading").asString(event.path("book").asString(""));
			int version = event.path("version").asInt();
			assertThat(version).as("%s after version %s", event, versions.get(subject))
				.isEqualTo(versions.getOrDefault(subject, version - 1) + 1);
			versions.put(subject, version);
		});
	}

	/** A client that loses its connection again and again receives the same. */
	private static void assertResumedStreamIsSame(LecternInstance lectern, ReaderClient reader, String path,
			List<JsonNode> events) throws InterruptedException, IOException {
		Random random = new Random(SEED);
		List<JsonNode> received = new ArrayList<>();
		String last = "";
		while (received.size() < events.size()) {
			Map<String, String> headers = new HashMap<>(reader.authorizationHeader());
			if (!last.isEmpty()) {
				headers.put("Last-Event-ID", last);
			}
			try (RecordingStreamClient stream = lectern.subscribe(path, headers)) {
				for (int count = 1 + random.nextInt(events.size()); count > 0
						&& received.size() < events.size(); count--) {
					ReceivedFrame frame = stream.nextEvent();
					received.add(frame.data());
					last = frame.id();
				}
			}
		}
		assertThat(received).isEqualTo(events);
	}

	/** At no time are two readings of a book open: nobody has sent {@code again}. */
	private static void assertOneOpenReadingEach(List<JsonNode> events) {
		Map<String, Set<String>> open = new HashMap<>();
		Map<String, Boolean> openWhenRemoved = new HashMap<>();
		for (JsonNode event : events) {
			String reading = event.path("reading").asString("");
			Set<String> ofBook = open.computeIfAbsent(event.path("book").asString(""), (_) -> new LinkedHashSet<>());
			String type = event.path("type").asString();
			if (type.equals("reading-removed")) {
				openWhenRemoved.put(reading, ofBook.contains(reading));
			}
			int change = OPENING.getOrDefault(type, 0);
			if (change > 0 && (!type.equals("reading-returned") || openWhenRemoved.get(reading))) {
				ofBook.add(reading);
			}
			else if (change < 0) {
				ofBook.remove(reading);
			}
			assertThat(ofBook).as(event::toString).hasSizeLessThanOrEqualTo(1);
		}
	}

	/** Who merges the data of all events has the readings as they are. */
	private static void assertCopies(List<JsonNode> events, List<ContractRun> runs) {
		Map<String, ObjectNode> copies = new LinkedHashMap<>();
		events.forEach((event) -> merge(copies.computeIfAbsent(event.path("reading").asString(""),
				(_) -> JsonNodeFactory.instance.objectNode()), event.path("data")));
		for (ContractRun run : runs) {
			run.readings().forEach((id, state) -> assertThat(copies.get(id)).as("the copy of " + id).isEqualTo(state));
		}
	}

	private static void merge(ObjectNode target, JsonNode patch) {
		patch.properties().forEach((member) -> {
			if (member.getValue().isNull()) {
				target.remove(member.getKey());
			}
			else if (member.getValue().isObject() && target.get(member.getKey()) instanceof ObjectNode nested) {
				merge(nested, member.getValue());
			}
			else {
				target.set(member.getKey(), member.getValue());
			}
		});
	}

}
