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
 * The catalog's stream through the gateway: at once, live, and without a gap or a seam.
 */
@ExtendWith(LecternUp.class)
@Timeout(300)
class CatalogStreamAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final String MARK = "end-mark";

	@Test
	void opensAtOnceWithTheCursorItStartsAfter(Lectern lectern) throws Exception {
		try (Subscriber warmUp = lectern.follow(EVENTS, Map.of())) {
			warmUp.next();
		}
		try (Subscriber subscriber = lectern.follow(EVENTS, Map.of())) {
			Subscriber.Frame opening = subscriber.next();

			assertThat(Integer.parseInt(opening.line("retry"))).isBetween(2_000, 5_000);
			assertThat(opening.lines()).anyMatch((line) -> line.startsWith(":"));
			assertThat(opening.id()).isNotEmpty();
			assertThat(opening.line("data")).isEmpty();
			report("first bytes", opening.receivedAt() - subscriber.asked);
		}
	}

	@Test
	void aCuratorsWriteAppearsInIt(Lectern lectern) throws Exception {
		Curator curator = new Curator(lectern);
		try (Subscriber subscriber = lectern.follow(EVENTS, Map.of())) {
			subscriber.next();
			String added = curator.write("live-book", "Live");
			assertIsTheBook(subscriber.nextEvent(), added, "book-added", curator);
			for (int round = 1; round <= 5; round++) {
				long asked = System.nanoTime();
				String changed = curator.change("live-book", "Live, edition " + round);
				Subscriber.Frame frame = subscriber.nextEvent();
				report("a write, from its request to the stream", frame.receivedAt() - asked);
				assertIsTheBook(frame, changed, "book-changed", curator);
			}
		}
	}

	private static void assertIsTheBook(Subscriber.Frame frame, String cursor, String type, Curator curator) {
		JsonNode event = frame.data();
		JsonNode book = curator.read("live-book");
		assertThat(frame.id()).isEqualTo(cursor).isEqualTo(event.path("cursor").asString());
		assertThat(event.path("type").asString()).isEqualTo(type);
		assertThat(event.path("book").asString()).isEqualTo("live-book");
		assertThat(event.path("version")).isEqualTo(book.path("version"));
		assertThat(event.path("receivedAt").asString()).endsWith("Z");
		assertThat(event.path("data")).isEqualTo(book);
	}

	@Test
	void isTakenUpFromTheOpeningIdThoughNoEventWasSeen(Lectern lectern) throws Exception {
		Curator curator = new Curator(lectern);
		String id;
		try (Subscriber first = lectern.follow(EVENTS, Map.of())) {
			id = first.next().id();
		}
		List<String> missed = List.of(curator.write("missed-1", "One"), curator.write("missed-2", "Two"));

		assertThat(takenUp(lectern, id)).isEqualTo(missed);
	}

	@Test
	void isTakenUpFromAnyIdWithNothingMissedAndNothingTwice(Lectern lectern) throws Exception {
		Curator curator = new Curator(lectern);
		List<String> all;
		try (Subscriber subscriber = lectern.follow(EVENTS, Map.of())) {
			subscriber.next();
			all = IntStream.rangeClosed(1, 30)
				.mapToObj((round) -> curator.write("resumed", "Round " + round + " of " + System.nanoTime()))
				.toList();
			assertThat(subscriber.nextEvent().id()).isEqualTo(all.getFirst());
		}
		for (int seen = 0; seen < all.size(); seen += 7) {
			assertThat(takenUp(lectern, all.get(seen))).isEqualTo(all.subList(seen + 1, all.size()));
		}
	}

	@Test
	void isTakenUpAcrossARestartOfItsService(Lectern lectern) throws Exception {
		Curator curator = new Curator(lectern);
		String id;
		try (Subscriber subscriber = lectern.follow(EVENTS, Map.of())) {
			id = subscriber.next().id();
		}
		String before = curator.write("around-a-restart", "Before");
		long killed = lectern.pid("catalog-service");
		lectern.kill("catalog-service");
		lectern.awaitRestart("catalog-service", killed);
		String after = curator.write("around-a-restart", "After " + killed);

		assertThat(takenUp(lectern, id)).containsExactly(before, after);
	}

	@Test
	void saysSoWhenItCannotBeTakenUp(Lectern lectern) throws Exception {
		for (String nonsense : List.of("nonsense", "!", "a-zzzzzzzzzzzzzzzzzzzzzz", "0123456789ab-1", "-", "START",
				"x".repeat(4_000))) {
			try (Subscriber subscriber = lectern.follow(EVENTS, Map.of("Last-Event-ID", nonsense))) {
				Subscriber.Frame reset = subscriber.next();
				while (!reset.line("event").equals("reset")) {
					reset = subscriber.next();
				}
				assertThat(reset.id()).isNotEmpty();
				assertThat(reset.data().path("reason").asString()).isNotEmpty();
				assertThat(reset.data().path("read").asString()).isEqualTo("/api/v1/books");

				String cursor = new Curator(lectern).write("after-a-reset", "Written at " + System.nanoTime());
				assertThat(subscriber.nextEvent().id()).isEqualTo(cursor);
			}
		}
	}

	/**
	 * The ids that a new connection gets after an id: up to a mark written just before.
	 */
	private static List<String> takenUp(Lectern lectern, String id) throws Exception {
		String end = new Curator(lectern).write(MARK, "Written at " + System.nanoTime());
		try (Subscriber subscriber = lectern.follow(EVENTS, Map.of("Last-Event-ID", id))) {
			assertThat(subscriber.next().id()).isEqualTo(id);
			List<String> ids = new ArrayList<>();
			Subscriber.Frame got = subscriber.nextEvent();
			while (!got.id().equals(end)) {
				if (!got.data().path("book").asString().equals(MARK)) {
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
