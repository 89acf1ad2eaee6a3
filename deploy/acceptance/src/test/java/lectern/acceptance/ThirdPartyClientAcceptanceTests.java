package lectern.acceptance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The catalog's stream as received by the clients that people use. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class ThirdPartyClientAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final String BOOK = "by-third-parties";

	/**
	 * Many clients store an id only if the event has data, here okhttp-eventsource. The
	 * connection that is cut before the first event leaves them none. They lose nothing,
	 * because the address says where to start: at the cursor of the read.
	 */
	@Test
	void streamOpenedAtCursorOfReadSurvivesCuts(LecternInstance lectern, @TempDir Path folder) throws Exception {
		CuratorClient curator = new CuratorClient(lectern);
		String read = curator.saveBook(BOOK, "Read at " + System.nanoTime());
		String path = EVENTS + "?after=" + read;
		try (CuttingProxy proxy = new CuttingProxy(lectern.port());
				HeadlessBrowser browser = HeadlessBrowser.start();
				LibraryStreamClient library = LibraryStreamClient.connect(proxy.url() + path);
				NodeStreamClient node = NodeStreamClient.connect(proxy.url() + path, folder)) {
			BrowserStreamClient page = BrowserStreamClient.connect(browser.openPage(proxy.url()), path).awaitOpen(1);
			List<String> written = new ArrayList<>();
			for (int cut = 1; cut <= 2; cut++) {
				proxy.cut();
				List<String> missed = List.of(curator.saveBook(BOOK, "First after cut " + cut),
						curator.saveBook(BOOK, "Second after cut " + cut));
				written.addAll(missed);

				library.receivedEvents().assertReceivedExactly(missed, HANG_LIMIT);
				node.receivedEvents().assertReceivedExactly(missed, HANG_LIMIT);
				assertThat(page.awaitEventWithId(missed.getLast(), HANG_LIMIT)).extracting(ReceivedEvent::id)
					.containsExactlyElementsOf(written);
			}
		}
	}

	/** The default limit of Spring's client is 256 KB for an event. */
	@Test
	void largestBookFitsIntoDefaultBufferOfWebClient(LecternInstance lectern) throws Exception {
		CuratorClient curator = new CuratorClient(lectern);
		String before = curator.saveBook("large", "Small at first");
		List<Map<String, String>> links = IntStream.range(0, 130)
			.mapToObj((number) -> Map.of("kind", "docs", "url",
					"https://a.example.org/" + number + "/" + "x".repeat(1_850)))
			.collect(Collectors.toList());
		String large = curator.updateBook("large", Map.of("title", "Large", "freeAccess", links));

		ServerSentEvent<String> received = WebClient.create(lectern.url())
			.get()
			.uri(EVENTS + "?after=" + before)
			.retrieve()
			.bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {
			})
			.filter((event) -> large.equals(event.id()))
			.blockFirst(HANG_LIMIT);
		assertThat(received).isNotNull();
		assertThat(received.data()).hasSizeGreaterThan(245_000);
	}

}
