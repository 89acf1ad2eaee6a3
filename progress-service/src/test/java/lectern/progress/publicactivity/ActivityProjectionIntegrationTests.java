package lectern.progress.publicactivity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import lectern.progress.eventlog.EventLogFixture;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.representation.ProgressEventTypes;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.postgreslog.LogNotifications;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The projection of public activity over a real database. */
class ActivityProjectionIntegrationTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final int MINUTES = 6;

	private final EventLogFixture test = new EventLogFixture(ProgressEventTypes.registered());

	private final ActivityProjection projection = new ActivityProjection(this.test.database);

	private final ActivityLog log = new ActivityLog(this.test.database, new LogNotifications(this.test.pool));

	private long position;

	@AfterEach
	void close() {
		this.test.close();
	}

	@Test
	void bookWithFourReadersIsNotPublished() {
		apply(readersInMinute("python", 0, "ada", "bob", "cyd", "dan"), readersInMinute("python", 1, "ada"));

		assertThat(published()).isEmpty();
	}

	@Test
	void bookWithFiveReadersIsPublished() {
		apply(readersInMinute("python", 0, "ada", "bob", "cyd", "dan", "eve"), readersInMinute("python", 1, "ada"));

		assertThat(published()).containsExactly(new Activity(NOON, "python", 5));
	}

	@Test
	void readerIsCountedOncePerMinute() {
		apply(readersInMinute("python", 0, "ada", "bob", "cyd", "dan", "dan", "dan"),
				readersInMinute("python", 1, "ada"));

		assertThat(published()).isEmpty();
	}

	@Test
	void unfinishedMinuteIsNotPublished() {
		apply(readersInMinute("python", 0, "ada", "bob", "cyd", "dan", "eve"));

		assertThat(published()).isEmpty();
	}

	/** An observer who compares consecutive minutes sees no difference. */
	@Test
	void oneAdditionalReaderDoesNotChangeRoundedCount() {
		apply(readersInMinute("python", 0, "a", "b", "c", "d", "e", "f"),
				readersInMinute("python", 1, "a", "b", "c", "d", "e", "f", "eve"),
				readersInMinute("python", 2, "a", "b", "c", "d", "e", "f"), readersInMinute("python", 3, "a"));

		assertThat(published()).extracting(Activity::readers).containsExactly(5, 5, 5);
	}

	@Test
	void readersOfDifferentBooksAreCountedSeparately() {
		apply(readersInMinute("python", 0, "a", "b", "c", "d", "e"), readersInMinute("rare", 0, "eve"),
				readersInMinute("python", 1, "a"));

		assertThat(published()).extracting(Activity::book).containsExactly("python");
	}

	@Test
	void readerRowsAreDeletedAfterPublication() {
		apply(readersInMinute("python", 0, "a", "b", "c", "d", "e"), readersInMinute("rare", 0, "eve"),
				readersInMinute("python", 1, "a"));

		this.test.awaitTrue("select count(*) = 1 from activity_reader");
	}

	@Test
	void completedMinuteIsPublishedOnIdle() {
		apply(readersInMinute("python", 0, "ada", "bob", "cyd", "dan", "eve"));
		this.test.execute("update log_head set position = " + this.position);

		onIdle();

		assertThat(published()).containsExactly(new Activity(NOON, "python", 5));
	}

	@Test
	void minuteIsNotPublishedOnIdleWhileProjectionLags() {
		apply(readersInMinute("python", 0, "ada", "bob", "cyd", "dan", "eve"));
		this.test.execute("update log_head set position = " + (this.position + 1));

		onIdle();

		assertThat(published()).isEmpty();
	}

	/** The result does not depend on the batches in which the log is read. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5 })
	void rebuildPublishesSameActivity(int seed) {
		Random random = new Random(seed);
		List<StoredEvent> events = history(random);
		List<Activity> expected = expected(events);
		assertThat(expected).isNotEmpty();
		for (int run = 0; run < 3; run++) {
			this.test.execute("delete from activity");
			this.test.execute("delete from activity_reader");
			int from = 0;
			while (from < events.size()) {
				int end = Math.min(events.size(), from + 1 + random.nextInt(60));
				applyPage(events.subList(from, end));
				from = end;
			}
			assertThat(published()).isEqualTo(expected);
		}
	}

	private List<StoredEvent> history(Random random) {
		return IntStream.range(0, 600)
			.map((_) -> random.nextInt(MINUTES * 60))
			.sorted()
			.mapToObj((second) -> event("book-" + random.nextInt(3), "reader-" + random.nextInt(14),
					NOON.plusSeconds(second)))
			.toList();
	}

	/** Count in another way, leaving out the last minute, which is not over. */
	private static List<Activity> expected(List<StoredEvent> events) {
		TreeMap<Instant, TreeMap<String, Set<String>>> readers = new TreeMap<>();
		for (StoredEvent event : events) {
			long minute = Duration.between(NOON, event.receivedAt()).toMinutes();
			readers.computeIfAbsent(NOON.plus(Duration.ofMinutes(minute)), (_) -> new TreeMap<>())
				.computeIfAbsent(Objects.requireNonNull(event.book()), (_) -> new HashSet<>())
				.add(event.reader());
		}
		List<Activity> expected = new ArrayList<>();
		readers.headMap(readers.lastKey()).forEach((minute, books) -> books.forEach((book, names) -> {
			if (names.size() >= 5) {
				expected.add(new Activity(minute, book, names.size() / 5 * 5));
			}
		}));
		return expected;
	}

	@SafeVarargs
	private void apply(List<StoredEvent>... minutes) {
		List<StoredEvent> events = new ArrayList<>();
		for (List<StoredEvent> minute : minutes) {
			events.addAll(minute);
		}
		events.sort(Comparator.comparing(StoredEvent::receivedAt));
		applyPage(events);
	}

	private void applyPage(List<StoredEvent> events) {
		this.test.transactions.run(this.projection.apply(events)).block(HANG_LIMIT);
		this.position += events.size();
	}

	private void onIdle() {
		this.test.execute("insert into projection values ('activity', " + this.position + ")");
		this.test.transactions.run(this.projection.onIdle()).block(HANG_LIMIT);
	}

	private static List<StoredEvent> readersInMinute(String book, int minute, String... readers) {
		return IntStream.range(0, readers.length)
			.mapToObj((index) -> event(book, readers[index], NOON.plusSeconds(minute * 60L + index)))
			.toList();
	}

	private static StoredEvent event(String book, String reader, Instant at) {
		return new StoredEvent(1, "stream", 1, reader, "reading-reopened", book, at, at, new ReadingReopened(at));
	}

	private List<Activity> published() {
		return Objects.requireNonNull(this.log.readAll()
			.read(0, Long.MAX_VALUE, 1000)
			.map(EventEnvelope::event)
			.collectList()
			.block(HANG_LIMIT));
	}

}
