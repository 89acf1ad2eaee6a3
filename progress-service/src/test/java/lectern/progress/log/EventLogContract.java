package lectern.progress.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import lectern.streaming.Cursor;
import lectern.streaming.Entry;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What every log must keep to, whatever it stores its events in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EventLogContract {

	static final EventTypes TYPES = new EventTypes().with("noted", Noted.class);

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

	private final String stream = fresh();

	/** The log under test, the same for all tests of a class. */
	abstract EventLog log();

	@Test
	void aStreamIsReadBackAsItWasAppended() {
		String fresh = fresh();
		Appended first = append(fresh, 0, "one", "two");
		Appended second = append(fresh, 2, "three");
		assertThat(first.events()).extracting(StoredEvent::version).containsExactly(1, 2);
		assertThat(load(fresh)).containsExactly(first.events().getFirst(), first.events().getLast(),
				second.events().getFirst());
		assertThat(second.cursor().position()).isEqualTo(second.events().getLast().position());
		assertThat(load(fresh)).extracting(StoredEvent::payload)
			.containsExactly(new Noted("one"), new Noted("two"), new Noted("three"));
	}

	@Test
	void aStreamThatIsNotThereIsEmpty() {
		assertThat(load(fresh())).isEmpty();
	}

	@Test
	void nothingHappensBeforeItIsSubscribedTo() {
		long before = cursor().position();
		Mono<Appended> append = log().append(fresh(), 0, List.of(noted("ada", "unheard")));
		assertThat(cursor().position()).isEqualTo(before);
		assertThat(Objects.requireNonNull(append.block(HANG_LIMIT)).cursor().position()).isEqualTo(before + 1);
	}

	@Test
	void aVersionThatIsNotTheLastConflictsWhetherTooLowOrTooHigh() {
		String fresh = fresh();
		append(fresh, 0, "one", "two");
		Cursor before = cursor();
		for (int expected : new int[] { 0, 1, 3, 100 }) {
			StepVerifier.create(log().append(fresh, expected, List.of(noted("ada", "lost"))))
				.expectError(VersionConflict.class)
				.verify(HANG_LIMIT);
		}
		StepVerifier.create(log().append(fresh(), 1, List.of(noted("ada", "lost"))))
			.expectError(VersionConflict.class)
			.verify(HANG_LIMIT);
		assertThat(load(fresh)).hasSize(2);
		assertThat(cursor()).isEqualTo(before);
	}

	@Test
	void ofConcurrentAppendsToOneStreamExactlyOneWins() {
		String fresh = fresh();
		List<Boolean> won = Objects.requireNonNull(Flux.range(0, 12)
			.flatMap((number) -> log().append(fresh, 0, List.of(noted("ada", "by " + number), noted("ada", "too")))
				.map((_) -> true)
				.onErrorResume(VersionConflict.class, (_) -> Mono.just(false)), 12)
			.collectList()
			.block(HANG_LIMIT));
		assertThat(won).hasSize(12).containsOnlyOnce(true);
		assertThat(load(fresh)).hasSize(2);
	}

	@Test
	void theOrderOfTheLogHasNoHolesAndTimeNeverRunsBackInIt() {
		long before = cursor().position();
		Flux.range(0, 8)
			.flatMap((_) -> Flux.range(0, 20)
				.concatMap((number) -> log().append(fresh(), 0,
						List.of(noted("ada", "a" + number), noted("ada", "b" + number)))),
					8)
			.then()
			.block(HANG_LIMIT);
		List<StoredEvent> events = events(log().all().read(before, Long.MAX_VALUE, 1000));
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
	void whoFollowsSeesAPrefixAtEveryMoment() {
		long before = cursor().position();
		Mono<Void> writing = Flux.range(0, 100)
			.flatMap((number) -> log().append(fresh(), 0, List.of(noted("ada", "n" + number))), 8)
			.then();
		Mono<List<List<Entry<StoredEvent>>>> looking = Mono
			.defer(() -> log().all().read(before, Long.MAX_VALUE, 1000).collectList())
			.repeatWhen((done) -> done.delayElements(Duration.ofMillis(1)))
			.takeUntil((seen) -> seen.size() == 100)
			.collectList();
		List<List<Entry<StoredEvent>>> looks = Objects
			.requireNonNull(Mono.zip(looking, writing.thenReturn(true)).block(HANG_LIMIT))
			.getT1();
		for (List<Entry<StoredEvent>> look : looks) {
			assertThat(look.isEmpty() ? before : look.getLast().position()).isEqualTo(before + look.size());
		}
	}

	@Test
	void readingsOfTheLogAreBoundedOnBothSidesAndByReader() {
		long before = cursor().position();
		append(fresh(), 0, "one", "two", "three");
		log().append(fresh(), 0, List.of(noted("eve", "hers"))).block(HANG_LIMIT);
		append(fresh(), 0, "four");
		assertThat(texts(log().all().read(before + 1, before + 4, 10))).containsExactly("two", "three", "hers");
		assertThat(texts(log().all().read(before, Long.MAX_VALUE, 2))).containsExactly("one", "two");
		assertThat(texts(log().of("eve").read(before, Long.MAX_VALUE, 10))).containsExactly("hers");
		assertThat(texts(log().of("ada").read(before + 1, before + 5, 2))).containsExactly("two", "three");
		assertThat(texts(log().of("nobody").read(0, Long.MAX_VALUE, 10))).isEmpty();
	}

	@Test
	void whatNobodyHasReadYetIsTheSame() {
		long before = cursor().position();
		append(fresh(), 0, "one", "\"two\"\\", "три");
		log().append(fresh(), 0, List.of(new NewEvent("ada", null, Instant.EPOCH, new Noted("about none"))))
			.block(HANG_LIMIT);
		log().append(fresh(), 0, List.of(new NewEvent("ada", "книга", NOON, new Noted("")))).block(HANG_LIMIT);
		append(fresh(), 0, "six");
		for (int limit : new int[] { 2, 100 }) {
			List<Entry<RawEvent>> raw = Objects
				.requireNonNull(log().rawOf("ada").read(before, before + 5, limit).collectList().block(HANG_LIMIT));
			assertThat(raw.stream().map((entry) -> TYPES.read(entry.event()).entry()).toList())
				.hasSize(Math.min(limit, 5))
				.isEqualTo(log().of("ada").read(before, before + 5, limit).collectList().block(HANG_LIMIT));
		}
		assertThat(log().rawOf("nobody").read(0, Long.MAX_VALUE, 10).collectList().block(HANG_LIMIT)).isEmpty();
	}

	@Test
	void partsOfAStreamAreReadFromEitherEnd() {
		String fresh = fresh();
		append(fresh, 0, "one", "two");
		append(fresh(), 0, "of another");
		long position = append(fresh, 2, "three", "four", "five").cursor().position();
		assertThat(versions(log().load(Stretch.upTo(fresh, position - 2)))).containsExactly(1, 2, 3);
		assertThat(versions(log().load(new Stretch(fresh, 1, 5, position - 1)))).containsExactly(2, 3, 4);
		assertThat(versions(log().load(new Stretch(fresh, 2, 4, position)))).containsExactly(3);
		assertThat(versions(log().load(new Stretch(fresh, 5, 4, position)))).isEmpty();
		assertThat(versions(log().latest(fresh, Integer.MAX_VALUE, 2))).containsExactly(5, 4);
		assertThat(versions(log().latest(fresh, 3, 10))).containsExactly(2, 1);
		assertThat(versions(log().latest(fresh(), 3, 10))).isEmpty();
	}

	@Test
	void eventsOfAStreamAreGivenByTheirVersions() {
		String fresh = fresh();
		append(fresh, 0, "one", "two", "three");
		append(fresh(), 0, "of another");
		long position = append(fresh, 3, "four", "five", "six").cursor().position();
		assertThat(versions(log().load(Selection.of(fresh, List.of(5, 2))))).containsExactly(2, 5);
		assertThat(versions(log().load(new Selection(fresh, List.of(3, 1), 4, position - 1)))).containsExactly(1, 3, 5);
		assertThat(versions(log().load(new Selection(fresh, List.of(), 0, position)))).containsExactly(1, 2, 3, 4, 5,
				6);
		assertThat(versions(log().load(Selection.of(fresh(), List.of(1))))).isEmpty();
	}

	@Test
	void anInstantLeadsToTheLastEventThatHadBeenReceived() {
		Appended first = append(fresh(), 0, "one", "two");
		Instant received = first.events().getLast().receivedAt();
		Cursor at = Objects.requireNonNull(log().at(received).block(HANG_LIMIT));
		assertThat(at.position()).isGreaterThanOrEqualTo(first.cursor().position());
		assertThat(Objects.requireNonNull(log().at(received.minusNanos(1_000)).block(HANG_LIMIT)).position())
			.isLessThan(first.cursor().position());
		for (Instant never : List.of(Instant.EPOCH, Instant.MIN)) {
			assertThat(log().at(never).block(HANG_LIMIT)).isEqualTo(first.cursor().at(0));
		}
	}

	@Test
	void everyHundredthEventOfAStreamIsAMilestone() {
		long before = cursor().position();
		String fresh = fresh();
		append(fresh(), 0, "of another");
		append(fresh, 0, IntStream.rangeClosed(1, 250).mapToObj(Integer::toString).toArray(String[]::new));
		assertThat(texts(log().milestones().read(before, Long.MAX_VALUE, 10))).containsExactly("100", "200");
		assertThat(texts(log().milestones().read(before, Long.MAX_VALUE, 1))).containsExactly("100");
		assertThat(texts(log().milestones().read(before, before + 200, 10))).containsExactly("100");
	}

	@Test
	void anAnswerIsKeptWithItsEventsAndOnlyTheFirst() {
		String fresh = fresh();
		Appended first = append(fresh, 0, receipt(fresh, "first"), "one");
		assertThat(kept(fresh)).isEqualTo(new KeptAnswer("hash of first", "first at " + first.cursor().position()));
		for (int version : new int[] { 0, 1, 7 }) {
			StepVerifier.create(log().append(fresh, version, List.of(noted("ada", "again")), receipt(fresh, "second")))
				.expectError(KeyTaken.class)
				.verify(HANG_LIMIT);
		}
		assertThat(load(fresh)).hasSize(1);
		assertThat(kept(fresh)).isEqualTo(new KeptAnswer("hash of first", "first at " + first.cursor().position()));
		StepVerifier.create(log().answer("eve", fresh)).expectComplete().verify(HANG_LIMIT);
		StepVerifier.create(log().answer("ada", fresh())).expectComplete().verify(HANG_LIMIT);
	}

	@Test
	void anAnswerIsKeptWithoutEventsAndOnlyAtTheRightVersion() {
		String fresh = fresh();
		long position = append(fresh, 0, "one").cursor().position();
		StepVerifier.create(log().append(fresh, 0, List.of(), receipt(fresh, "stale")))
			.expectError(VersionConflict.class)
			.verify(HANG_LIMIT);
		StepVerifier.create(log().answer("ada", fresh)).expectComplete().verify(HANG_LIMIT);
		Appended nothing = append(fresh, 1, receipt(fresh, "in effect"));
		assertThat(nothing.events()).isEmpty();
		assertThat(nothing.cursor().position()).isGreaterThanOrEqualTo(position);
		assertThat(kept(fresh).text()).isEqualTo("in effect at " + nothing.cursor().position());
		assertThat(cursor().position()).isEqualTo(position);
	}

	@Test
	void whatIsRefusedKeepsNoAnswer() {
		String fresh = fresh();
		StepVerifier.create(log().append(fresh, 3, List.of(noted("ada", "lost")), receipt(fresh, "lost")))
			.expectError(VersionConflict.class)
			.verify(HANG_LIMIT);
		StepVerifier.create(log().answer("ada", fresh)).expectComplete().verify(HANG_LIMIT);
		append(fresh, 0, receipt(fresh, "won"), "one");
		assertThat(kept(fresh).hash()).isEqualTo("hash of won");
	}

	@Test
	void ofConcurrentCommandsUnderOneKeyExactlyOneIsObeyed() {
		String key = fresh();
		List<Boolean> won = Objects.requireNonNull(Flux.range(0, 12)
			.flatMap((number) -> log().append(fresh(), 0, List.of(noted("ada", "n")), receipt(key, "by " + number))
				.map((_) -> true)
				.onErrorResume(KeyTaken.class, (_) -> Mono.just(false)), 12)
			.collectList()
			.block(HANG_LIMIT));
		assertThat(won).hasSize(12).containsOnlyOnce(true);
	}

	/** Whatever is committed together with what. */
	@Test
	void eachOfManyAtOnceHasItsOwnVerdict() {
		String taken = fresh();
		append(taken, 0, "there already");
		long before = cursor().position();
		List<String> verdicts = Objects.requireNonNull(Flux.range(0, 300).flatMap((number) -> {
			Mono<Appended> append = switch (number % 6) {
				case 0 -> log().append(taken, 0, List.of(noted("ada", "late")));
				case 1 -> log().append(fresh(), 0, List.of(new NewEvent("ada", "book", NOON, new Unregistered())));
				case 2 -> log().append(fresh(), 0, List.of(noted("ada", "a")), unanswerable());
				default -> log().append(fresh(), 0, List.of(noted("ada", "a"), noted("ada", "b")));
			};
			return append.map((_) -> "won")
				.onErrorResume((failure) -> Mono.just(failure.getClass().getSimpleName()))
				.map((verdict) -> number % 6 + " " + verdict);
		}, 300).distinct().sort().collectList().block(HANG_LIMIT));
		assertThat(verdicts).containsExactly("0 VersionConflict", "1 IllegalArgumentException",
				"2 UnsupportedOperationException", "3 won", "4 won", "5 won");
		assertThat(events(log().all().read(before, Long.MAX_VALUE, 1000))).extracting(StoredEvent::position)
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 300).mapToObj((at) -> before + at).toList());
		assertThat(cursor().position()).isEqualTo(before + 300);
	}

	@Test
	void whoLooksAwayHurtsNobodyWhoIsCommittedWithThem() {
		for (int round = 0; round < 20; round++) {
			List<Mono<Appended>> appends = IntStream.range(0, 20)
				.mapToObj((number) -> log().append(fresh(), 0, List.of(noted("ada", "n" + number))))
				.toList();
			Long answered = Flux.range(0, 20)
				.flatMap((number) -> (number % 2 == 0) ? appends.get(number)
						: appends.get(number).takeUntilOther(Mono.empty()).then(Mono.<Appended>empty()), 20)
				.count()
				.block(HANG_LIMIT);
			assertThat(answered).isEqualTo(10);
		}
	}

	@Test
	void cancellingLeavesTheLogUsable() {
		for (int number = 0; number < 200; number++) {
			StepVerifier.create(log().append(fresh(), 0, List.of(noted("ada", "n" + number))), 0)
				.thenAwait(Duration.ofNanos(number * 50_000L))
				.thenCancel()
				.verify(HANG_LIMIT);
			StepVerifier.create(log().all().read(0, Long.MAX_VALUE, 100), 1)
				.expectNextCount(1)
				.thenCancel()
				.verify(HANG_LIMIT);
		}
		long before = cursor().position();
		Flux.range(0, 20)
			.flatMap((_) -> log().append(fresh(), 0, List.of(noted("ada", "after"))), 20)
			.then()
			.block(HANG_LIMIT);
		assertThat(cursor().position()).isGreaterThanOrEqualTo(before + 20);
		assertThat(events(log().all().read(0, Long.MAX_VALUE, 10_000))).extracting(StoredEvent::position)
			.containsExactlyElementsOf(
					IntStream.rangeClosed(1, (int) cursor().position()).mapToObj((at) -> (long) at).toList());
	}

	@Test
	void failuresComeThroughThePublisher() {
		Mono<Appended> empty = log().append(this.stream, 0, List.of());
		StepVerifier.create(empty).expectError(IllegalArgumentException.class).verify(HANG_LIMIT);
		Mono<Appended> unregistered = log().append(this.stream, 0,
				List.of(new NewEvent("ada", "book", NOON, new Unregistered())));
		StepVerifier.create(unregistered).expectError(IllegalArgumentException.class).verify(HANG_LIMIT);
		StepVerifier.create(log().append(this.stream, 0, List.of(noted("ada", "one")), unanswerable()))
			.expectError(UnsupportedOperationException.class)
			.verify(HANG_LIMIT);
		assertThat(load(this.stream)).isEmpty();
	}

	@Test
	void aCursorIsAlwaysGiven() {
		StepVerifier.create(log().cursor()).expectNextCount(1).expectComplete().verify(HANG_LIMIT);
	}

	Appended append(String to, int expectedVersion, String... texts) {
		return Objects.requireNonNull(
				log().append(to, expectedVersion, List.of(texts).stream().map((text) -> noted("ada", text)).toList())
					.block(HANG_LIMIT));
	}

	private Appended append(String to, int expectedVersion, Receipt receipt, String... texts) {
		return Objects.requireNonNull(log()
			.append(to, expectedVersion, List.of(texts).stream().map((text) -> noted("ada", text)).toList(), receipt)
			.block(HANG_LIMIT));
	}

	private KeptAnswer kept(String key) {
		return Objects.requireNonNull(log().answer("ada", key).block(HANG_LIMIT));
	}

	static Receipt receipt(String key, String command) {
		return new Receipt("ada", key, "hash of " + command, null,
				(appended) -> command + " at " + appended.cursor().position());
	}

	private static Receipt unanswerable() {
		return new Receipt("ada", fresh(), "any", null, (_) -> {
			throw new UnsupportedOperationException("This has no answer");
		});
	}

	/** Without waiting for randomness, since event loops call it. */
	static String fresh() {
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

	private static List<StoredEvent> events(Flux<Entry<StoredEvent>> entries) {
		return Objects.requireNonNull(entries.map(Entry::event).collectList().block(HANG_LIMIT));
	}

	private static List<String> texts(Flux<Entry<StoredEvent>> entries) {
		return events(entries).stream().map((event) -> ((Noted) event.payload()).text()).toList();
	}

	static NewEvent noted(String reader, String text) {
		return new NewEvent(reader, "a-book", NOON, new Noted(text));
	}

	record Noted(String text) {
	}

	record Unregistered() {
	}

}
