package lectern.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every kind of client receives while each program is killed once, with events
 * written before and after, and for the gateway also meanwhile. A restart takes seconds,
 * so all clients are connected to the same one.
 */
@ExtendWith(LecternExtension.class)
@Timeout(900)
class ProgramKillAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final Duration TIMEOUT = LecternInstance.RESTART_TIMEOUT;

	private static final List<String> bookCursors = new ArrayList<>();

	private static final List<String> reportCursors = new ArrayList<>();

	private static final List<OperatorStream.Snapshot> snapshots = new ArrayList<>();

	private static final Deque<AutoCloseable> clients = new ArrayDeque<>();

	@TempDir
	static Path folder;

	private static String openingId;

	private static BrowserStreamClient browserStream;

	private static NodeStreamClient nodeStream;

	private static LibraryStreamClient libraryStream;

	private static LibraryStreamClient libraryReaderStream;

	@BeforeAll
	static void killEachProgramWhileClientsAreConnected(LecternInstance lectern) throws Exception {
		CuratorClient curator = CuratorClient.bypassingGateway("catalog-service", lectern);
		Supplier<String> writeBook = () -> curator.saveBook("across-kills", "Written at " + System.nanoTime());
		ReaderClient reader = ReaderClient.bypassingGateway("progress-service", lectern);
		String reading = reader.startReading("fluent-python");
		Supplier<String> report = () -> reader.reportPosition(reading, Math.random());
		connectClients(lectern, reader, writeBook.get(), report.get());
		OperatorStream operator = closeAtEnd(OperatorStream.open(lectern));
		snapshots.addAll(operator.readUntilAllUp());

		bookCursors.addAll(new Outage(lectern, "catalog-service", writeBook).writeAroundKill());
		reportCursors.addAll(new Outage(lectern, "progress-service", report).writeAroundKill());
		snapshots.addAll(operator.readUntilAllUp());
		bookCursors.addAll(new Outage(lectern, "gateway", () -> {
			reportCursors.add(report.get());
			return writeBook.get();
		}).writeAroundKill());
	}

	private static void connectClients(LecternInstance lectern, ReaderClient reader, String book, String position)
			throws Exception {
		try (RecordingStreamClient subscriber = lectern.subscribe(EVENTS, Map.of())) {
			openingId = subscriber.nextFrame().id();
		}
		HeadlessBrowser browser = closeAtEnd(HeadlessBrowser.start());
		browserStream = BrowserStreamClient.connect(browser.openPage(lectern.url() + "/problems"), EVENTS).awaitOpen(1);
		nodeStream = closeAtEnd(NodeStreamClient.connect(lectern.url() + EVENTS, folder));
		libraryStream = closeAtEnd(LibraryStreamClient.connectAfter(book, lectern.url() + EVENTS, Map.of()));
		libraryReaderStream = closeAtEnd(LibraryStreamClient.connectAfter(position, lectern.url() + reader.streamPath(),
				reader.authorizationHeader()));
	}

	private static <T extends AutoCloseable> T closeAtEnd(T client) {
		clients.push(client);
		return client;
	}

	@AfterAll
	static void closeClients() throws Exception {
		while (!clients.isEmpty()) {
			clients.pop().close();
		}
	}

	@Test
	void browserReceivesEveryEventOnce() {
		assertThat(browserStream.awaitEventWithId(bookCursors.getLast(), TIMEOUT)).extracting(ReceivedEvent::id)
			.containsExactlyElementsOf(bookCursors);
		TestScale.report("programs killed: EventSource gave up %d times", browserStream.closedCount());
	}

	@Test
	void nodeClientReceivesEveryEventOnce() throws Exception {
		nodeStream.receivedEvents().assertReceivedExactly(bookCursors, TIMEOUT);
	}

	@Test
	void javaLibraryReceivesEveryEventOnce() throws Exception {
		libraryStream.receivedEvents().assertReceivedExactly(bookCursors, TIMEOUT);
	}

	@Test
	void javaLibraryReceivesEveryEventOfReaderOnce() throws Exception {
		libraryReaderStream.receivedEvents().assertReceivedExactly(reportCursors, TIMEOUT);
	}

	@Test
	void streamResumesFromOpeningIdOfLongAgo(LecternInstance lectern) throws Exception {
		try (RecordingStreamClient subscriber = lectern.subscribe(EVENTS, Map.of("Last-Event-ID", openingId))) {
			assertThat(subscriber.nextFrame().id()).isEqualTo(openingId);
			for (String cursor : bookCursors) {
				assertThat(subscriber.nextEvent().id()).isEqualTo(cursor);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "catalog-service", "progress-service" })
	void operatorSeesKilledServiceDownThenUp(String service) {
		assertThat(snapshots).extracting((snapshot) -> snapshot.state(service)).containsSubsequence("up", "down", "up");
		assertThat(snapshots).filteredOn((snapshot) -> snapshot.state(service).equals("down"))
			.extracting((snapshot) -> snapshot.state("gateway"))
			.contains("up");
	}

}
