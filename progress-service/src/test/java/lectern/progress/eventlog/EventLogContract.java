package lectern.progress.eventlog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What every log must keep to, whatever it stores its events in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EventLogContract {

	static final EventTypes TYPES = new EventTypes().with("noted", NotedEvent.class);

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

	private final String stream = newStream();

	/** The log under test, the same for all tests of a class. */
	abstract EventLog log();

	@Test
	void loadReturnsAppendedEvents() {
		String fresh = newStream();
		AppendResult first = append(fresh, 0, "one", "two");
		AppendResult second = append(fresh, 2, "three");
		assertThat(first.events()).extracting(StoredEvent::version).containsExactly(1, 2);
		assertThat(load(fresh)).containsExactly(first.events().getFirst(), first.events().getLast(),
				second.events().getFirst());
		assertThat(second.cursor().position()).isEqualTo(second.events().getLast().position());
		assertThat(load(fresh)).extracting(StoredEvent::payload)
			.containsExactly(new NotedEvent("one"), new NotedEvent("two"), new NotedEvent("three"));
	}

	@Test
	void loadOfUnknownStreamIsEmpty() {
		assertThat(load(newStream())).isEmpty();
	}

	@Test
	void appendIsCold() {
		long before = cursor().position();
		Mono<AppendResult> append = log().append(newStream(), 0, List.of(noted("ada", "unheard")));
		assertThat(cursor().position()).isEqualTo(before);
		assertThat(Objects.requireNonNull(append.block(HANG_LIMIT)).cursor().position()).isEqualTo(before + 1);
	}

	@Test
	void rejectsAppendWithTooLowOrTooHighVersion() {
		String fresh = newStream();
		append(fresh, 0, "one", "two");
		Cursor before = cursor();
		for (int expected : new int[] { 0, 1, 3, 100 }) {
			StepVerifier.create(log().append(fresh, expected, List.of(noted("ada", "lost"))))
				.expectError(VersionConflictException.class)
				.verify(HANG_LIMIT);
		}
		StepVerifier.create(log().append(newStream(), 1, List.of(noted("ada", "lost"))))
			.expectError(VersionConflictException.class)
			.verify(HANG_LIMIT);
		assertThat(load(fresh)).hasSize(2);
		assertThat(cursor()).isEqualTo(before);
	}

	@Test
	void oneOfConcurrentAppendsToAStreamIsCommitted() {
		String fresh = newStream();
		List<Boolean> won = Objects.requireNonNull(Flux.range(0, 12)
			.flatMap((number) -> log().append(fresh, 0, List.of(noted("ada", "by " + number), noted("ada", "too")))
				.map((_) -> true)
				.onErrorResume(VersionConflictException.class, (_) -> Mono.just(false)), 12)
			.collectList()
			.block(HANG_LIMIT));
		assertThat(won).hasSize(12).containsOnlyOnce(true);
		assertThat(load(fresh)).hasSize(2);
	}

	@Test
	void positionsHaveNoGapsAndTimesAreMonotonic() {
		long before = cursor().position();
		Flux.range(0, 8)
			.flatMap((_) -> Flux.range(0, 20)
				.concatMap((number) -> log().append(newStream(), 0,
						List.of(noted("ada", "a" + number), noted("ada", "b" + number)))),
					8)
			.then()
			.block(HANG_LIMIT);
		List<StoredEvent> events = events(log().readAll().read(before, Long.MAX_VALUE, 1000));
		assertThat(events).extracting(StoredEvent::position)
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 320).mapToObj((at) -> before + at).toList());
		assertThat(events).extracting(StoredEvent::receivedAt).isSorted();
		assertThat(cursor().position()).isEqualTo(before + 320);
		for (int at = 0; at < events.size(); at += 2) {
			assertThat(events.get(at).stream()).isEqualTo(events.get(at + 1).stream());
		}
	}

	/** Whoever has seen a position has seen all before it, at every moment. */
	@Test
	void everyReadIsAPrefixOfTheLog() {
		long before = cursor().position();
		Mono<Void> writing = Flux.range(0, 100)
			.flatMap((number) -> log().append(newStream(), 0, List.of(noted("ada", "n" + number))), 8)
			.then();
		Mono<List<List<EventEnvelope<StoredEvent>>>> looking = Mono
			.defer(() -> log().readAll().read(before, Long.MAX_VALUE, 1000).collectList())
			.repeatWhen((done) -> done.delayElements(Duration.ofMillis(1)))
			.takeUntil((seen) -> seen.size() == 100)
			.collectList();
		List<List<EventEnvelope<StoredEvent>>> looks = Objects
			.requireNonNull(Mono.zip(looking, writing.thenReturn(true)).block(HANG_LIMIT))
			.getT1();
		for (List<EventEnvelope<StoredEvent>> look : looks) {
			assertThat(look.isEmpty() ? before : look.getLast().position()).isEqualTo(before + look.size());
		}
	}

	@Test
	void readsAreBoundedByPositionsLimitAndReader() {
		long before = cursor().position();
		append(newStream(), 0, "one", "two", "three");
		log().append(newStream(), 0, List.of(noted("eve", "hers"))).block(HANG_LIMIT);
		append(newStream(), 0, "four");
		assertThat(texts(log().readAll().read(before + 1, before + 4, 10))).containsExactly("two", "three", "hers");
		assertThat(texts(log().readAll().read(before, Long.MAX_VALUE, 2))).containsExactly("one", "two");
		assertThat(texts(log().readByReader("eve").read(before, Long.MAX_VALUE, 10))).containsExactly("hers");
		assertThat(texts(log().readByReader("ada").read(before + 1, before + 5, 2))).containsExactly("two", "three");
		assertThat(texts(log().readByReader("nobody").read(0, Long.MAX_VALUE, 10))).isEmpty();
	}

	@Test
	void rawReadEqualsTypedRead() {
		long before = cursor().position();
		append(newStream(), 0, "one", "\"two\"\\", "три");
		log().append(newStream(), 0, List.of(new NewEvent("ada", null, Instant.EPOCH, new NotedEvent("about none"))))
			.block(HANG_LIMIT);
		log().append(newStream(), 0, List.of(new NewEvent("ada", "книга", NOON, new NotedEvent("")))).block(HANG_LIMIT);
		append(newStream(), 0, "six");
		for (int limit : new int[] { 2, 100 }) {
			List<EventEnvelope<RawEvent>> raw = Objects.requireNonNull(
					log().readRawByReader("ada").read(before, before + 5, limit).collectList().block(HANG_LIMIT));
			assertThat(raw.stream().map((entry) -> TYPES.read(entry.event()).toEnvelope()).toList())
				.hasSize(Math.min(limit, 5))
				.isEqualTo(log().readByReader("ada").read(before, before + 5, limit).collectList().block(HANG_LIMIT));
		}
		assertThat(log().readRawByReader("nobody").read(0, Long.MAX_VALUE, 10).collectList().block(HANG_LIMIT))
			.isEmpty();
	}

	@Test
	void loadsSlicesForwardsAndBackwards() {
		String fresh = newStream();
		append(fresh, 0, "one", "two");
		append(newStream(), 0, "of another");
		long position = append(fresh, 2, "three", "four", "five").cursor().position();
		assertThat(versions(log().load(StreamSlice.upTo(fresh, position - 2)))).containsExactly(1, 2, 3);
		assertThat(versions(log().load(new StreamSlice(fresh, 1, 5, position - 1)))).containsExactly(2, 3, 4);
		assertThat(versions(log().load(new StreamSlice(fresh, 2, 4, position)))).containsExactly(3);
		assertThat(versions(log().load(new StreamSlice(fresh, 5, 4, position)))).isEmpty();
		assertThat(versions(log().loadBackwards(fresh, Integer.MAX_VALUE, 2))).containsExactly(5, 4);
		assertThat(versions(log().loadBackwards(fresh, 3, 10))).containsExactly(2, 1);
		assertThat(versions(log().loadBackwards(newStream(), 3, 10))).isEmpty();
	}

	@Test
	void loadsSelectedVersions() {
		String fresh = newStream();
		append(fresh, 0, "one", "two", "three");
		append(newStream(), 0, "of another");
		long position = append(fresh, 3, "four", "five", "six").cursor().position();
		assertThat(versions(log().load(VersionSelection.of(fresh, List.of(5, 2))))).containsExactly(2, 5);
		assertThat(versions(log().load(new VersionSelection(fresh, List.of(3, 1), 4, position - 1)))).containsExactly(1,
				3, 5);
		assertThat(versions(log().load(new VersionSelection(fresh, List.of(), 0, position)))).containsExactly(1, 2, 3,
				4, 5, 6);
		assertThat(versions(log().load(VersionSelection.of(newStream(), List.of(1))))).isEmpty();
	}

	@Test
	void cursorAtInstantIsThatOfLastEventReceived() {
		AppendResult first = append(newStream(), 0, "one", "two");
		Instant received = first.events().getLast().receivedAt();
		Cursor at = Objects.requireNonNull(log().cursorAt(received).block(HANG_LIMIT));
		assertThat(at.position()).isGreaterThanOrEqualTo(first.cursor().position());
		assertThat(Objects.requireNonNull(log().cursorAt(received.minusNanos(1_000)).block(HANG_LIMIT)).position())
			.isLessThan(first.cursor().position());
		for (Instant never : List.of(Instant.EPOCH, Instant.MIN)) {
			assertThat(log().cursorAt(never).block(HANG_LIMIT)).isEqualTo(first.cursor().at(0));
		}
	}

	@Test
	void everyHundredthEventOfAStreamIsACheckpoint() {
		long before = cursor().position();
		String fresh = newStream();
		append(newStream(), 0, "of another");
		append(fresh, 0, IntStream.rangeClosed(1, 250).mapToObj(Integer::toString).toArray(String[]::new));
		assertThat(texts(log().checkpoints().read(before, Long.MAX_VALUE, 10))).containsExactly("100", "200");
		assertThat(texts(log().checkpoints().read(before, Long.MAX_VALUE, 1))).containsExactly("100");
		assertThat(texts(log().checkpoints().read(before, before + 200, 10))).containsExactly("100");
	}

	@Test
	void firstResponseIsStoredWithEventsAndDuplicatesAreRejected() {
		String fresh = newStream();
		AppendResult first = append(fresh, 0, idempotencyRecord(fresh, "first"), "one");
		assertThat(storedResponse(fresh))
			.isEqualTo(new StoredResponse("hash of first", "first at " + first.cursor().position()));
		for (int version : new int[] { 0, 1, 7 }) {
			StepVerifier
				.create(log().append(fresh, version, List.of(noted("ada", "again")),
						idempotencyRecord(fresh, "second")))
				.expectError(DuplicateCommandException.class)
				.verify(HANG_LIMIT);
		}
		assertThat(load(fresh)).hasSize(1);
		assertThat(storedResponse(fresh))
			.isEqualTo(new StoredResponse("hash of first", "first at " + first.cursor().position()));
		StepVerifier.create(log().storedResponse("eve", fresh)).expectComplete().verify(HANG_LIMIT);
		StepVerifier.create(log().storedResponse("ada", newStream())).expectComplete().verify(HANG_LIMIT);
	}

	@Test
	void responseWithoutEventsIsStoredOnlyAtExpectedVersion() {
		String fresh = newStream();
		long position = append(fresh, 0, "one").cursor().position();
		StepVerifier.create(log().append(fresh, 0, List.of(), idempotencyRecord(fresh, "stale")))
			.expectError(VersionConflictException.class)
			.verify(HANG_LIMIT);
		StepVerifier.create(log().storedResponse("ada", fresh)).expectComplete().verify(HANG_LIMIT);
		AppendResult nothing = append(fresh, 1, idempotencyRecord(fresh, "in effect"));
		assertThat(nothing.events()).isEmpty();
		assertThat(nothing.cursor().position()).isGreaterThanOrEqualTo(position);
		assertThat(storedResponse(fresh).text()).isEqualTo("in effect at " + nothing.cursor().position());
		assertThat(cursor().position()).isEqualTo(position);
	}

	@Test
	void rejectedAppendStoresNoResponse() {
		String fresh = newStream();
		StepVerifier.create(log().append(fresh, 3, List.of(noted("ada", "lost")), idempotencyRecord(fresh, "lost")))
			.expectError(VersionConflictException.class)
			.verify(HANG_LIMIT);
		StepVerifier.create(log().storedResponse("ada", fresh)).expectComplete().verify(HANG_LIMIT);
		append(fresh, 0, idempotencyRecord(fresh, "won"), "one");
		assertThat(storedResponse(fresh).hash()).isEqualTo("hash of won");
	}

	@Test
	void oneOfConcurrentCommandsWithTheSameKeyIsCommitted() {
		String key = newStream();
		List<Boolean> won = Objects.requireNonNull(Flux.range(0, 12)
			.flatMap((number) -> log()
				.append(newStream(), 0, List.of(noted("ada", "n")), idempotencyRecord(key, "by " + number))
				.map((_) -> true)
				.onErrorResume(DuplicateCommandException.class, (_) -> Mono.just(false)), 12)
			.collectList()
			.block(HANG_LIMIT));
		assertThat(won).hasSize(12).containsOnlyOnce(true);
	}

	/** Whatever is committed together with what. */
	@Test
	void concurrentAppendsHaveIndependentOutcomes() {
		String taken = newStream();
		append(taken, 0, "there already");
		long before = cursor().position();
		List<String> verdicts = Objects.requireNonNull(Flux.range(0, 300).flatMap((number) -> {
			Mono<AppendResult> append = switch (number % 6) {
				case 0 -> log().append(taken, 0, List.of(noted("ada", "late")));
				case 1 ->
					log().append(newStream(), 0, List.of(new NewEvent("ada", "book", NOON, new UnregisteredEvent())));
				case 2 -> log().append(newStream(), 0, List.of(noted("ada", "a")), recordWithFailingResponse());
				default -> log().append(newStream(), 0, List.of(noted("ada", "a"), noted("ada", "b")));
			};
			return append.map((_) -> "won")
				.onErrorResume((failure) -> Mono.just(failure.getClass().getSimpleName()))
				.map((verdict) -> number % 6 + " " + verdict);
		}, 300).distinct().sort().collectList().block(HANG_LIMIT));
		assertThat(verdicts).containsExactly("0 VersionConflictException", "1 IllegalArgumentException",
				"2 UnsupportedOperationException", "3 won", "4 won", "5 won");
		assertThat(events(log().readAll().read(before, Long.MAX_VALUE, 1000))).extracting(StoredEvent::position)
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 300).mapToObj((at) -> before + at).toList());
		assertThat(cursor().position()).isEqualTo(before + 300);
	}

	@Test
	void cancelledAppendDoesNotAffectOthersInItsBatch() {
		for (int round = 0; round < 20; round++) {
			List<Mono<AppendResult>> appends = IntStream.range(0, 20)
				.mapToObj((number) -> log().append(newStream(), 0, List.of(noted("ada", "n" + number))))
				.toList();
			Long answered = Flux.range(0, 20)
				.flatMap((number) -> (number % 2 == 0) ? appends.get(number)
						: appends.get(number).takeUntilOther(Mono.empty()).then(Mono.<AppendResult>empty()), 20)
				.count()
				.block(HANG_LIMIT);
			assertThat(answered).isEqualTo(10);
		}
	}

	@Test
	void logIsUsableAfterCancellations() {
		for (int number = 0; number < 200; number++) {
			StepVerifier.create(log().append(newStream(), 0, List.of(noted("ada", "n" + number))), 0)
				.thenAwait(Duration.ofNanos(number * 50_000L))
				.thenCancel()
				.verify(HANG_LIMIT);
			StepVerifier.create(log().readAll().read(0, Long.MAX_VALUE, 100), 1)
				.expectNextCount(1)
				.thenCancel()
				.verify(HANG_LIMIT);
		}
		long before = cursor().position();
		Flux.range(0, 20)
			.flatMap((_) -> log().append(newStream(), 0, List.of(noted("ada", "after"))), 20)
			.then()
			.block(HANG_LIMIT);
		assertThat(cursor().position()).isGreaterThanOrEqualTo(before + 20);
		assertThat(events(log().readAll().read(0, Long.MAX_VALUE, 10_000))).extracting(StoredEvent::position)
			.containsExactlyElementsOf(
					IntStream.rangeClosed(1, (int) cursor().position()).mapToObj((at) -> (long) at).toList());
	}

	@Test
	void failuresAreSignalledThroughThePublisher() {
		Mono<AppendResult> empty = log().append(this.stream, 0, List.of());
		StepVerifier.create(empty).expectError(IllegalArgumentException.class).verify(HANG_LIMIT);
		Mono<AppendResult> unregistered = log().append(this.stream, 0,
				List.of(new NewEvent("ada", "book", NOON, new UnregisteredEvent())));
		StepVerifier.create(unregistered).expectError(IllegalArgumentException.class).verify(HANG_LIMIT);
		StepVerifier.create(log().append(this.stream, 0, List.of(noted("ada", "one")), recordWithFailingResponse()))
			.expectError(UnsupportedOperationException.class)
			.verify(HANG_LIMIT);
		assertThat(load(this.stream)).isEmpty();
	}

	@Test
	void cursorIsNeverEmpty() {
		StepVerifier.create(log().cursor()).expectNextCount(1).expectComplete().verify(HANG_LIMIT);
	}

	AppendResult append(String to, int expectedVersion, String... texts) {
		return Objects.requireNonNull(
				log().append(to, expectedVersion, List.of(texts).stream().map((text) -> noted("ada", text)).toList())
					.block(HANG_LIMIT));
	}

	private AppendResult append(String to, int expectedVersion, IdempotencyRecord receipt, String... texts) {
		return Objects.requireNonNull(log()
			.append(to, expectedVersion, List.of(texts).stream().map((text) -> noted("ada", text)).toList(), receipt)
			.block(HANG_LIMIT));
	}

	private StoredResponse storedResponse(String key) {
		return Objects.requireNonNull(log().storedResponse("ada", key).block(HANG_LIMIT));
	}

	static IdempotencyRecord idempotencyRecord(String key, String command) {
		return new IdempotencyRecord("ada", key, "hash of " + command, null,
				(appended) -> command + " at " + appended.cursor().position());
	}

	private static IdempotencyRecord recordWithFailingResponse() {
		return new IdempotencyRecord("ada", newStream(), "any", null, (_) -> {
			throw new UnsupportedOperationException("This has no answer");
		});
	}

	/** Without waiting for randomness, since event loops call it. */
	static String newStream() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return new UUID(random.nextLong(), random.nextLong()).toString();
	}

	private List<StoredEvent> load(String from) {
		return Objects.requireNonNull(log().load(from).collectList().block(HANG_LIMIT));
	}

	private static List<Integer> versions(Flux<StoredEvent> events) {
		return Objects.requireNonNull(events.map(StoredEvent::version).collectList().block(HANG_LIMIT));
	}

	private Cursor cursor() {
		return Objects.requireNonNull(log().cursor().block(HANG_LIMIT));
	}

	private static List<StoredEvent> events(Flux<EventEnvelope<StoredEvent>> entries) {
		return Objects.requireNonNull(entries.map(EventEnvelope::event).collectList().block(HANG_LIMIT));
	}

	private static List<String> texts(Flux<EventEnvelope<StoredEvent>> entries) {
		return events(entries).stream().map((event) -> ((NotedEvent) event.payload()).text()).toList();
	}

	static NewEvent noted(String reader, String text) {
		return new NewEvent(reader, "a-book", NOON, new NotedEvent(text));
	}

	record NotedEvent(String text) {
	}

	record UnregisteredEvent() {
	}

}
