package lectern.progress.eventlog;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import lectern.streaming.log.Cursor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The contract of every {@link EventLog}, whatever it stores its events in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EventLogContract extends StreamClaimContract {

	@Test
	void appendIsCold() {
		long before = cursor().position();
		Mono<AppendResult> append = log().append(newStream(), 0, List.of(noted("ada", "one")));
		assertThat(cursor().position()).isEqualTo(before);
		assertThat(Objects.requireNonNull(append.block(HANG_LIMIT)).cursor().position()).isEqualTo(before + 1);
	}

	@Test
	void rejectsAppendWithTooLowOrTooHighVersion() {
		String stream = newStream();
		append(stream, 0, "one", "two");
		Cursor before = cursor();
		for (int expected : new int[] { 0, 1, 3, 100 }) {
			StepVerifier.create(log().append(stream, expected, List.of(noted("ada", "rejected"))))
				.expectError(VersionConflictException.class)
				.verify(HANG_LIMIT);
		}
		StepVerifier.create(log().append(newStream(), 1, List.of(noted("ada", "rejected"))))
			.expectError(VersionConflictException.class)
			.verify(HANG_LIMIT);
		assertThat(load(stream)).hasSize(2);
		assertThat(cursor()).isEqualTo(before);
	}

	@Test
	void oneOfConcurrentAppendsToAStreamIsCommitted() {
		String stream = newStream();
		List<Boolean> committed = Objects.requireNonNull(Flux.range(0, 12)
			.flatMap((number) -> log().append(stream, 0, List.of(noted("ada", "by " + number), noted("ada", "second")))
				.map((_) -> true)
				.onErrorResume(VersionConflictException.class, (_) -> Mono.just(false)), 12)
			.collectList()
			.block(HANG_LIMIT));
		assertThat(committed).hasSize(12).containsOnlyOnce(true);
		assertThat(load(stream)).hasSize(2);
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

	@Test
	void commandIsRememberedWithItsEventsAndDuplicatesAreRejected() {
		String stream = newStream();
		AppendResult first = append(stream, 0, idempotencyRecord(stream, "first"), "one", "two");
		CommandReference reference = new CommandReference("hash of first", stream, 2, 2, first.cursor());
		assertThat(storedCommand(stream)).isEqualTo(reference);
		for (int version : new int[] { 0, 1, 7 }) {
			StepVerifier
				.create(log().append(stream, version, List.of(noted("ada", "again")),
						idempotencyRecord(stream, "second")))
				.expectError(DuplicateCommandException.class)
				.verify(HANG_LIMIT);
		}
		append(stream, 2, "three");
		assertThat(load(stream)).hasSize(3);
		assertThat(storedCommand(stream)).isEqualTo(reference);
		StepVerifier.create(log().storedCommand("eve", stream)).expectComplete().verify(HANG_LIMIT);
		StepVerifier.create(log().storedCommand("ada", newStream())).expectComplete().verify(HANG_LIMIT);
	}

	@Test
	void responseIsStoredWithTheCursorOfTheLastEvent() {
		String stream = newStream();
		Cursor cursor = append(stream, 0, idempotencyRecord(stream, "changed").withResponse("joined"), "one").cursor();
		assertThat(storedCommand(stream)).isEqualTo(new StoredResponse("hash of changed", "joined", cursor));
		String unchanged = newStream();
		append(stream, 1, idempotencyRecord(unchanged, "unchanged").withResponse("joined already"));
		assertThat(storedCommand(unchanged)).isEqualTo(new StoredResponse("hash of unchanged", "joined already", null));
	}

	@Test
	void commandWithoutEventsIsRememberedOnlyAtExpectedVersion() {
		String stream = newStream();
		Cursor last = append(stream, 0, "one").cursor();
		StepVerifier.create(log().append(stream, 0, List.of(), idempotencyRecord(stream, "stale")))
			.expectError(VersionConflictException.class)
			.verify(HANG_LIMIT);
		StepVerifier.create(log().storedCommand("ada", stream)).expectComplete().verify(HANG_LIMIT);
		AppendResult unchanged = append(stream, 1, idempotencyRecord(stream, "no change"));
		assertThat(unchanged.events()).isEmpty();
		assertThat(unchanged.cursor()).isEqualTo(last);
		assertThat(storedCommand(stream)).isEqualTo(new CommandReference("hash of no change", stream, 1, 0, last));
		assertThat(cursor()).isEqualTo(last);
	}

	@Test
	void rejectedCommandIsNotRemembered() {
		String stream = newStream();
		StepVerifier
			.create(log().append(stream, 3, List.of(noted("ada", "rejected")), idempotencyRecord(stream, "rejected")))
			.expectError(VersionConflictException.class)
			.verify(HANG_LIMIT);
		StepVerifier.create(log().storedCommand("ada", stream)).expectComplete().verify(HANG_LIMIT);
		append(stream, 0, idempotencyRecord(stream, "committed"), "one");
		assertThat(storedCommand(stream).hash()).isEqualTo("hash of committed");
	}

	@Test
	void oneOfConcurrentCommandsWithTheSameKeyIsCommitted() {
		String key = newStream();
		List<Boolean> committed = Objects.requireNonNull(Flux.range(0, 12)
			.flatMap((number) -> log()
				.append(newStream(), 0, List.of(noted("ada", "n")), idempotencyRecord(key, "by " + number))
				.map((_) -> true)
				.onErrorResume(DuplicateCommandException.class, (_) -> Mono.just(false)), 12)
			.collectList()
			.block(HANG_LIMIT));
		assertThat(committed).hasSize(12).containsOnlyOnce(true);
	}

	/** Independent of which appends are committed in one batch. */
	@Test
	void concurrentAppendsHaveIndependentOutcomes() {
		String existing = newStream();
		append(existing, 0, "one");
		long before = cursor().position();
		List<String> outcomes = Objects.requireNonNull(Flux.range(0, 300).flatMap((number) -> {
			Mono<AppendResult> append = switch (number % 6) {
				case 0 -> log().append(existing, 0, List.of(noted("ada", "late")));
				case 1 ->
					log().append(newStream(), 0, List.of(new NewEvent("ada", "book", NOON, new UnregisteredEvent())));
				case 2 -> log().append(newStream(), 0, List.of(noted("ada\neve", "a")));
				default -> log().append(newStream(), 0, List.of(noted("ada", "a"), noted("ada", "b")));
			};
			return append.map((_) -> "committed")
				.onErrorResume((failure) -> Mono.just(failure.getClass().getSimpleName()))
				.map((outcome) -> number % 6 + " " + outcome);
		}, 300).distinct().sort().collectList().block(HANG_LIMIT));
		assertThat(outcomes).containsExactly("0 VersionConflictException", "1 IllegalArgumentException",
				"2 IllegalArgumentException", "3 committed", "4 committed", "5 committed");
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
			Long completed = Flux.range(0, 20)
				.flatMap((number) -> (number % 2 == 0) ? appends.get(number)
						: appends.get(number).takeUntilOther(Mono.empty()).then(Mono.<AppendResult>empty()), 20)
				.count()
				.block(HANG_LIMIT);
			assertThat(completed).isEqualTo(10);
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
		String stream = newStream();
		Mono<AppendResult> empty = log().append(stream, 0, List.of());
		StepVerifier.create(empty).expectError(IllegalArgumentException.class).verify(HANG_LIMIT);
		Mono<AppendResult> unregistered = log().append(stream, 0,
				List.of(new NewEvent("ada", "book", NOON, new UnregisteredEvent())));
		StepVerifier.create(unregistered).expectError(IllegalArgumentException.class).verify(HANG_LIMIT);
		Mono<AppendResult> twoLines = log().append(stream, 0, List.of(noted("ada", "one")),
				idempotencyRecord("two\nlines", "any"));
		StepVerifier.create(twoLines).expectError(IllegalArgumentException.class).verify(HANG_LIMIT);
		assertThat(load(stream)).isEmpty();
	}

}
