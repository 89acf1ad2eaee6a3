package lectern.acceptance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The catalog's stream through the gateway: immediate, live and without gaps.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class CatalogStreamAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final String MARKER_BOOK = "end-mark";

	@Test
	void firstFrameCarriesStartCursor(LecternInstance lectern) throws Exception {
		try (RecordingStreamClient warmUp = lectern.subscribe(EVENTS, Map.of())) {
			warmUp.nextFrame();
		}
		try (RecordingStreamClient subscriber = lectern.subscribe(EVENTS, Map.of())) {
			RecordingStreamClient.ReceivedFrame opening = subscriber.nextFrame();

			assertThat(Integer.parseInt(opening.field("retry"))).isBetween(2_000, 5_000);
			assertThat(opening.lines()).anyMatch((line) -> line.startsWith(":"));
			assertThat(opening.id()).isNotEmpty();
			assertThat(opening.field("data")).isEmpty();
			report("first bytes", opening.receivedAt() - subscriber.requestedAt);
		}
	}

	@Test
	void bookWriteIsDeliveredToStream(LecternInstance lectern) throws Exception {
		CuratorClient curator = new CuratorClient(lectern);
		try (RecordingStreamClient subscriber = lectern.subscribe(EVENTS, Map.of())) {
			subscriber.nextFrame();
			String added = curator.saveBook("live-book", "Live");
			assertBookEvent(subscriber.nextEvent(), added, "book-added", curator);
			for (int round = 1; round <= 5; round++) {
				long asked = System.nanoTime();
				String changed = curator.updateBook("live-book", "Live, edition " + round);
				RecordingStreamClient.ReceivedFrame frame = subscriber.nextEvent();
				report("a write, from its request to the stream", frame.receivedAt() - asked);
				assertBookEvent(frame, changed, "book-changed", curator);
			}
		}
	}

	private static void assertBookEvent(RecordingStreamClient.ReceivedFrame frame, String cursor, String type,
			CuratorClient curator) {
		JsonNode event = frame.data();
		JsonNode book = curator.getBook("live-book");
		assertThat(frame.id()).isEqualTo(cursor).isEqualTo(event.path("cursor").asString());
		assertThat(event.path("type").asString()).isEqualTo(type);
		assertThat(event.path("book").asString()).isEqualTo("live-book");
		assertThat(event.path("version")).isEqualTo(book.path("version"));
		assertThat(event.path("receivedAt").asString()).endsWith("Z");
		assertThat(event.path("data")).isEqualTo(book);
	}

	@Test
	void streamResumesFromOpeningId(LecternInstance lectern) throws Exception {
		CuratorClient curator = new CuratorClient(lectern);
		String id;
		try (RecordingStreamClient first = lectern.subscribe(EVENTS, Map.of())) {
			id = first.nextFrame().id();
		}
		List<String> missed = List.of(curator.saveBook("missed-1", "One"), curator.saveBook("missed-2", "Two"));

		assertThat(resumedIds(lectern, id)).isEqualTo(missed);
	}

	@Test
	void streamResumesFromAnyIdWithoutGapOrDuplicate(LecternInstance lectern) throws Exception {
		CuratorClient curator = new CuratorClient(lectern);
		List<String> all;
		try (RecordingStreamClient subscriber = lectern.subscribe(EVENTS, Map.of())) {
			subscriber.nextFrame();
			all = IntStream.rangeClosed(1, 30)
				.mapToObj((round) -> curator.saveBook("resumed", "Round " + round + " of " + System.nanoTime()))
				.toList();
			assertThat(subscriber.nextEvent().id()).isEqualTo(all.getFirst());
		}
		for (int seen = 0; seen < all.size(); seen += 7) {
			assertThat(resumedIds(lectern, all.get(seen))).isEqualTo(all.subList(seen + 1, all.size()));
		}
	}

	@Test
	void invalidCursorResetsStream(LecternInstance lectern) throws Exception {
		for (String nonsense : List.of("nonsense", "!", "a-zzzzzzzzzzzzzzzzzzzzzz", "0123456789ab-1", "-", "START",
				"x".repeat(4_000))) {
			try (RecordingStreamClient subscriber = lectern.subscribe(EVENTS, Map.of("Last-Event-ID", nonsense))) {
				RecordingStreamClient.ReceivedFrame reset = subscriber.nextFrame();
				while (!reset.field("event").equals("reset")) {
					reset = subscriber.nextFrame();
				}
				assertThat(reset.id()).isNotEmpty();
				assertThat(reset.data().path("reason").asString()).isNotEmpty();
				assertThat(reset.data().path("read").asString()).isEqualTo("/api/v1/books");

				String cursor = new CuratorClient(lectern).saveBook("after-a-reset", "Written at " + System.nanoTime());
				assertThat(subscriber.nextEvent().id()).isEqualTo(cursor);
			}
		}
	}

	/**
	 * The ids that a new connection gets after an id: up to a mark written just before.
	 */
	private static List<String> resumedIds(LecternInstance lectern, String id) throws Exception {
		String end = new CuratorClient(lectern).saveBook(MARKER_BOOK, "Written at " + System.nanoTime());
		try (RecordingStreamClient subscriber = lectern.subscribe(EVENTS, Map.of("Last-Event-ID", id))) {
			assertThat(subscriber.nextFrame().id()).isEqualTo(id);
			List<String> ids = new ArrayList<>();
			RecordingStreamClient.ReceivedFrame got = subscriber.nextEvent();
			while (!got.id().equals(end)) {
				if (!got.data().path("book").asString().equals(MARKER_BOOK)) {
					ids.add(got.id());
				}
				got = subscriber.nextEvent();
			}
			return ids;
		}
	}

	private static void report(String what, long nanoseconds) {
		System.out.printf("acceptance: %s: %.1f ms%n", what, nanoseconds / (double) Duration.ofMillis(1).toNanos());
	}

}
