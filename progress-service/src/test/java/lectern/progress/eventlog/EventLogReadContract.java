package lectern.progress.eventlog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The contract of every {@link EventLog}: how events are read. */
abstract class EventLogReadContract extends EventLogTestSupport {

	@Test
	void loadReturnsAppendedEvents() {
		String stream = newStream();
		AppendResult first = append(stream, 0, "one", "two");
		AppendResult second = append(stream, 2, "three");
		assertThat(first.events()).extracting(StoredEvent::version).containsExactly(1, 2);
		assertThat(load(stream)).containsExactly(first.events().getFirst(), first.events().getLast(),
				second.events().getFirst());
		assertThat(second.cursor().position()).isEqualTo(second.events().getLast().position());
		assertThat(load(stream)).extracting(StoredEvent::payload)
			.containsExactly(new NotedEvent("one"), new NotedEvent("two"), new NotedEvent("three"));
	}

	@Test
	void loadOfUnknownStreamIsEmpty() {
		assertThat(load(newStream())).isEmpty();
	}

	/** A reader that has seen a position has seen all positions before it. */
	@Test
	void everyReadIsAPrefixOfTheLog() {
		long before = cursor().position();
		Mono<Void> writing = Flux.range(0, 100)
			.flatMap((number) -> log().append(newStream(), 0, List.of(noted("ada", "n" + number))), 8)
			.then();
		Mono<List<List<EventEnvelope<StoredEvent>>>> reading = Mono
			.defer(() -> log().readAll().read(before, Long.MAX_VALUE, 1000).collectList())
			.repeatWhen((done) -> done.delayElements(Duration.ofMillis(1)))
			.takeUntil((events) -> events.size() == 100)
			.collectList();
		List<List<EventEnvelope<StoredEvent>>> reads = Objects
			.requireNonNull(Mono.zip(reading, writing.thenReturn(true)).block(HANG_LIMIT))
			.getT1();
		for (List<EventEnvelope<StoredEvent>> read : reads) {
			assertThat(read.isEmpty() ? before : read.getLast().position()).isEqualTo(before + read.size());
		}
	}

	@Test
	void readsAreBoundedByPositionsLimitAndReader() {
		long before = cursor().position();
		append(newStream(), 0, "one", "two", "three");
		log().append(newStream(), 0, List.of(noted("eve", "of eve"))).block(HANG_LIMIT);
		append(newStream(), 0, "four");
		assertThat(texts(log().readAll().read(before + 1, before + 4, 10))).containsExactly("two", "three", "of eve");
		assertThat(texts(log().readAll().read(before, Long.MAX_VALUE, 2))).containsExactly("one", "two");
		assertThat(texts(log().readByReader("eve").read(before, Long.MAX_VALUE, 10))).containsExactly("of eve");
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
			assertThat(raw.stream().map((envelope) -> TYPES.read(envelope.event()).toEnvelope()).toList())
				.hasSize(Math.min(limit, 5))
				.isEqualTo(log().readByReader("ada").read(before, before + 5, limit).collectList().block(HANG_LIMIT));
		}
		assertThat(log().readRawByReader("nobody").read(0, Long.MAX_VALUE, 10).collectList().block(HANG_LIMIT))
			.isEmpty();
	}

	@Test
	void loadsSlicesForwardsAndBackwards() {
		String stream = newStream();
		append(stream, 0, "one", "two");
		append(newStream(), 0, "of another");
		long position = append(stream, 2, "three", "four", "five").cursor().position();
		assertThat(versions(log().load(StreamSlice.upTo(stream, position - 2)))).containsExactly(1, 2, 3);
		assertThat(versions(log().load(new StreamSlice(stream, 1, 5, position - 1)))).containsExactly(2, 3, 4);
		assertThat(versions(log().load(new StreamSlice(stream, 2, 4, position)))).containsExactly(3);
		assertThat(versions(log().load(new StreamSlice(stream, 5, 4, position)))).isEmpty();
		assertThat(versions(log().loadBackwards(stream, Integer.MAX_VALUE, 2))).containsExactly(5, 4);
		assertThat(versions(log().loadBackwards(stream, 3, 10))).containsExactly(2, 1);
		assertThat(versions(log().loadBackwards(newStream(), 3, 10))).isEmpty();
	}

	@Test
	void loadsSlicesOfManyStreams() {
		String first = newStream();
		String second = newStream();
		append(first, 0, "one", "two", "three");
		long position = append(second, 0, "one", "two", "three").cursor().position();
		List<StreamSlice> slices = List.of(new StreamSlice(second, 0, 4, position - 1),
				new StreamSlice(first, 1, 3, position), new StreamSlice(newStream(), 0, 4, position));
		Map<String, List<StoredEvent>> events = Objects
			.requireNonNull(log().load(slices).collect(Collectors.groupingBy(StoredEvent::stream)).block(HANG_LIMIT));
		assertThat(events).containsOnlyKeys(first, second);
		assertThat(events.get(first)).extracting(StoredEvent::version).containsExactly(2);
		assertThat(events.get(second)).extracting(StoredEvent::version).containsExactly(1, 2);
		assertThat(versions(log().load(List.of()))).isEmpty();
	}

	@Test
	void loadsSelectedVersions() {
		String stream = newStream();
		append(stream, 0, "one", "two", "three");
		append(newStream(), 0, "of another");
		long position = append(stream, 3, "four", "five", "six").cursor().position();
		assertThat(versions(log().load(VersionSelection.of(stream, List.of(5, 2))))).containsExactly(2, 5);
		assertThat(versions(log().load(new VersionSelection(stream, List.of(3, 1), 4, position - 1))))
			.containsExactly(1, 3, 5);
		assertThat(versions(log().load(new VersionSelection(stream, List.of(), 0, position)))).containsExactly(1, 2, 3,
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
		for (Instant early : List.of(Instant.EPOCH, Instant.MIN)) {
			assertThat(log().cursorAt(early).block(HANG_LIMIT)).isEqualTo(first.cursor().at(0));
		}
	}

	@Test
	void timeOfCursorIsThatOfItsEvent() {
		AppendResult result = append(newStream(), 0, "one");
		assertThat(log().receivedAt(result.cursor()).block(HANG_LIMIT))
			.isEqualTo(result.events().getLast().receivedAt());
		assertThat(log().receivedAt(result.cursor().at(0)).block(HANG_LIMIT)).isEqualTo(Instant.EPOCH);
	}

	@Test
	void everyHundredthEventOfAStreamIsACheckpoint() {
		long before = cursor().position();
		String stream = newStream();
		append(newStream(), 0, "of another");
		append(stream, 0, IntStream.rangeClosed(1, 250).mapToObj(Integer::toString).toArray(String[]::new));
		assertThat(texts(log().checkpoints().read(before, Long.MAX_VALUE, 10))).containsExactly("100", "200");
		assertThat(texts(log().checkpoints().read(before, Long.MAX_VALUE, 1))).containsExactly("100");
		assertThat(texts(log().checkpoints().read(before, before + 200, 10))).containsExactly("100");
	}

	@Test
	void cursorIsNeverEmpty() {
		StepVerifier.create(log().cursor()).expectNextCount(1).expectComplete().verify(HANG_LIMIT);
	}

}
