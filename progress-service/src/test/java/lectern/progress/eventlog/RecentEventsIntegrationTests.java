package lectern.progress.eventlog;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventReader;
import lectern.streaming.postgreslog.LogNotifications;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The events of two nodes with one database, as a follower on the first node reads them.
 */
class RecentEventsIntegrationTests {

	private static final Instant NANOS = Instant.parse("2026-03-01T12:00:00.123456789Z");

	private final EventLogFixture fixture = new EventLogFixture(new EventTypes().with("happened", TestEvent.class));

	private final LogNotifications notifications = new LogNotifications(this.fixture.pool);

	private final AtomicInteger erasures = new AtomicInteger();

	private final RecentEvents recentEvents = new RecentEvents(this.notifications,
			(_) -> this.erasures.incrementAndGet());

	private final EventLog otherNode = this.fixture.newNode();

	private final AtomicInteger reads = new AtomicInteger();

	private final EventReader<StoredEvent> reader = this.recentEvents.orElse(countingLog());

	private int version;

	private int otherVersion;

	@AfterEach
	void close() {
		this.notifications.stop();
		this.fixture.close();
	}

	@Test
	void ownEventsAreNotReadFromTheLog() {
		listen();
		append(3);
		append(2);
		awaitAnnounced(5);
		assertThat(read(0, 10)).isEqualTo(log(0));
		assertThat(read(2, 2)).extracting(StoredEvent::position).containsExactly(3L, 4L);
		assertThat(this.reads).hasValue(0);
	}

	/** A page that was read before an erasure may arrive after it. */
	@Test
	void eventsBeforeAnErasureAreDropped() {
		listen();
		append(3);
		this.recentEvents.add(List.of(erasure(4)));
		this.recentEvents.add(log(0));
		assertThat(this.erasures).hasValue(1);
		assertThat(read(0, 3)).isEqualTo(log(0));
		assertThat(this.reads).hasValue(1);
	}

	private static StoredEvent erasure(long position) {
		return new StoredEvent(position, "~", 1, ReaderErased.NOBODY, ReaderErased.TYPE, null, NANOS, NANOS,
				new ReaderErased());
	}

	@Test
	void eventsOfAnotherNodeAreReadOnce() {
		listen();
		append(1);
		appendOnOtherNode(2);
		append(1);
		awaitAnnounced(4);
		assertThat(read(0, 10)).isEqualTo(log(0));
		int readsBefore = this.reads.get();
		assertThat(read(0, 10)).isEqualTo(log(0));
		assertThat(this.reads.get()).as("the log is read from the first event that is missing").isEqualTo(readsBefore);
	}

	/** An event that was announced must not be kept waiting. */
	@Test
	void announcedEventOfAnotherNodeIsReadWithThoseBeforeIt() {
		listen();
		append(1);
		appendOnOtherNode(1);
		awaitAnnounced(2);
		assertThat(read(0, 10)).extracting(StoredEvent::position).containsExactly(1L, 2L);
	}

	@Test
	void withoutNotificationsTheLogIsRead() {
		append(1);
		appendOnOtherNode(1);
		assertThat(read(0, 10)).extracting(StoredEvent::position).containsExactly(1L, 2L);
		assertThat(this.reads).hasValue(1);
	}

	@Test
	void oldEventsAreReadFromTheLog() {
		listen();
		IntStream.range(0, 5).forEach((_) -> append(1000));
		awaitAnnounced(5000);
		assertThat(read(0, 2)).extracting(StoredEvent::position).containsExactly(1L, 2L);
		assertThat(this.reads).hasValue(1);
		assertThat(read(4999, 2)).extracting(StoredEvent::position).containsExactly(5000L);
		assertThat(this.reads).hasValue(1);
	}

	/** Whatever is read and in whatever order, the events are those of the log. */
	@Test
	void eventsAroundEmptyPositionsAreThoseOfTheLog() {
		appendOnOtherNode(300);
		this.fixture.execute("delete from event where position % 7 in (1, 2, 3) or position between 100 and 140");
		listen();
		Random random = new Random(19);
		for (int round = 0; round < 200; round++) {
			long after = random.nextLong(0, 310);
			long upTo = after + random.nextLong(0, 200);
			int limit = 1 + random.nextInt(60);
			if (round % 20 == 0) {
				append(random.nextInt(1, 4));
				awaitAnnounced(300 + this.version);
			}
			assertThat(events(this.reader, after, upTo, limit)).as("after %d up to %d, %d", after, upTo, limit)
				.isEqualTo(events(this.fixture.log.readAll(), after, upTo, limit));
		}
		assertThat(this.reads.get()).isLessThan(150);
	}

	private EventReader<StoredEvent> countingLog() {
		EventReader<StoredEvent> all = this.fixture.log.readAll();
		return (after, upTo, limit) -> all.read(after, upTo, limit).doOnSubscribe((_) -> this.reads.incrementAndGet());
	}

	private void append(int count) {
		AppendResult result = this.fixture.log.append("stream", this.version, events(count)).block(HANG_LIMIT);
		this.version += count;
		this.recentEvents.add(Objects.requireNonNull(result).events());
	}

	private void appendOnOtherNode(int count) {
		this.otherNode.append("other", this.otherVersion, events(count)).block(HANG_LIMIT);
		this.otherVersion += count;
	}

	private static List<NewEvent> events(int count) {
		return IntStream.range(0, count)
			.mapToObj((number) -> new NewEvent("ada", "book", NANOS, new TestEvent(number)))
			.toList();
	}

	/** Notifies until it is noticed, since nobody listens in the first moment. */
	private void listen() {
		this.notifications.start();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> {
			this.fixture.execute("select pg_notify('lectern_log', '0')");
			return this.notifications.announcedPosition() == 0;
		});
	}

	/** Each commit announces its last position, on any node. */
	private void awaitAnnounced(long position) {
		Awaitility.await().atMost(HANG_LIMIT).until(() -> this.notifications.announcedPosition() == position);
	}

	private List<StoredEvent> read(long after, int limit) {
		return events(this.reader, after, limit);
	}

	private List<StoredEvent> log(long after) {
		return events(this.fixture.log.readAll(), after, 10);
	}

	private static List<StoredEvent> events(EventReader<StoredEvent> reader, long after, int limit) {
		return events(reader, after, Long.MAX_VALUE, limit);
	}

	private static List<StoredEvent> events(EventReader<StoredEvent> reader, long after, long upTo, int limit) {
		return Objects
			.requireNonNull(reader.read(after, upTo, limit).map(EventEnvelope::event).collectList().block(HANG_LIMIT));
	}

	/** An event of a registered type. */
	record TestEvent(int number) {
	}

}
