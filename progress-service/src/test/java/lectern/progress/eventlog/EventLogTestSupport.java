package lectern.progress.eventlog;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import reactor.core.publisher.Flux;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** Blocking calls of an event log, and events for its tests. */
abstract class EventLogTestSupport {

	static final EventTypes TYPES = new EventTypes().with("noted", NotedEvent.class)
		.with("reading-started", OpenedEvent.class)
		.with("reading-finished", ClosedEvent.class);

	static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

	/** The log under test, the same for all tests of a class. */
	abstract EventLog log();

	AppendResult append(String stream, int expectedVersion, String... texts) {
		return Objects.requireNonNull(log()
			.append(stream, expectedVersion, List.of(texts).stream().map((text) -> noted("ada", text)).toList())
			.block(HANG_LIMIT));
	}

	AppendResult append(String stream, int expectedVersion, IdempotencyRecord idempotencyRecord, String... texts) {
		return Objects.requireNonNull(
				log()
					.append(stream, expectedVersion, List.of(texts).stream().map((text) -> noted("ada", text)).toList(),
							idempotencyRecord)
					.block(HANG_LIMIT));
	}

	StoredCommand storedCommand(String key) {
		return Objects.requireNonNull(log().storedCommand("ada", key).block(HANG_LIMIT));
	}

	static IdempotencyRecord idempotencyRecord(String key, String command) {
		return new IdempotencyRecord("ada", key, "hash of " + command, null);
	}

	/** Not from SecureRandom, which may block, since event loops call this. */
	static String newStream() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return new UUID(random.nextLong(), random.nextLong()).toString();
	}

	List<StoredEvent> load(String stream) {
		return Objects.requireNonNull(log().load(stream).collectList().block(HANG_LIMIT));
	}

	static List<Integer> versions(Flux<StoredEvent> events) {
		return Objects.requireNonNull(events.map(StoredEvent::version).collectList().block(HANG_LIMIT));
	}

	Cursor cursor() {
		return Objects.requireNonNull(log().cursor().block(HANG_LIMIT));
	}

	static List<StoredEvent> events(Flux<EventEnvelope<StoredEvent>> envelopes) {
		return Objects.requireNonNull(envelopes.map(EventEnvelope::event).collectList().block(HANG_LIMIT));
	}

	static List<String> texts(Flux<EventEnvelope<StoredEvent>> envelopes) {
		return events(envelopes).stream().map((event) -> ((NotedEvent) event.payload()).text()).toList();
	}

	static NewEvent noted(String reader, String text) {
		return new NewEvent(reader, "a-book", NOON, new NotedEvent(text));
	}

	static NewEvent opened(String reader) {
		return new NewEvent(reader, "a-book", NOON, new OpenedEvent());
	}

	static NewEvent closed(String reader) {
		return new NewEvent(reader, "a-book", NOON, new ClosedEvent());
	}

	/** Has the stored name of an event that opens a stream. */
	record OpenedEvent() {
	}

	/** Has the stored name of an event that closes a stream. */
	record ClosedEvent() {
	}

	record NotedEvent(String text) {
	}

	record UnregisteredEvent() {
	}

}
