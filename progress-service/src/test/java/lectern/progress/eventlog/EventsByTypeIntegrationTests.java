package lectern.progress.eventlog;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import lectern.progress.eventlog.EventsByType.MatchingBooks;
import lectern.progress.eventlog.EventsByType.StateTypes;
import lectern.streaming.log.EventEnvelope;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsByTypeIntegrationTests {

	@AutoClose
	private final EventLogFixture fixture = new EventLogFixture(new EventTypes().with("set", SetEvent.class)
		.with("unset", UnsetEvent.class)
		.with("hidden", HiddenEvent.class)
		.with("shown", ShownEvent.class));

	private final EventsByType events = this.fixture.eventsByType;

	@Test
	void findsEventsOfTypesAfterPosition() {
		long before = append("found", "ada", "book", new UnsetEvent());
		long first = append("found", "ada", "book", new SetEvent());
		append("found", "ada", "book", new UnsetEvent());
		long third = append("found", "ada", "book", new SetEvent());
		StepVerifier.create(this.events.reader(List.of("set")).read(before, Long.MAX_VALUE, 10))
			.expectNextMatches((found) -> found.position() == first && found.event().payload() instanceof SetEvent)
			.expectNextMatches((found) -> found.position() == third && found.event().version() == 4)
			.expectComplete()
			.verify(HANG_LIMIT);
		StepVerifier
			.create(this.events.reader(List.of("set", "unset"))
				.read(before, Long.MAX_VALUE, 2)
				.map((found) -> found.event().version()))
			.expectNext(2, 3)
			.expectComplete()
			.verify(HANG_LIMIT);
		StepVerifier.create(this.events.reader(List.of("set")).read(before, third - 1, 10).map(EventEnvelope::position))
			.expectNext(first)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void findsStreamsOfReaderPageByPage() {
		append("eve-1", "eve", "book", new SetEvent());
		append("eve-2", "eve", "book", new UnsetEvent());
		append("eve-3", "eve", "book", new SetEvent());
		long last = append("eve-4", "eve", "book", new SetEvent());
		append("bob-1", "bob", "book", new SetEvent());
		assertStreams("", last, 2, "eve-1", "eve-3");
		assertStreams("eve-3", last, 2, "eve-4");
		assertStreams("", last - 1, 10, "eve-1", "eve-3");
	}

	@Test
	void findsBooksWhoseLatestEventIsOfType() {
		append("dan-1", "dan", "kept", new SetEvent());
		append("dan-2", "dan", "revoked", new SetEvent());
		long before = append("dan-3", "dan", "kept", new SetEvent());
		append("dan-2", "dan", "revoked", new UnsetEvent());
		long last = append("dan-3", "dan", "kept", new UnsetEvent());
		assertBooks("dan", before, new MatchingBooks(Set.of("kept", "revoked"), 3));
		assertBooks("dan", last, new MatchingBooks(Set.of("kept"), 5));
		assertBooks("nobody", last, new MatchingBooks(Set.of(), 0));
	}

	@Test
	void findsNoBooksOfHiddenStreams() {
		append("fay-1", "fay", "hidden", new SetEvent());
		append("fay-2", "fay", "shown", new SetEvent());
		append("fay-1", "fay", "hidden", new HiddenEvent());
		append("fay-2", "fay", "shown", new HiddenEvent());
		long before = append("fay-3", "fay", "hidden", new SetEvent());
		long last = append("fay-2", "fay", "shown", new ShownEvent());
		assertBooks("fay", before - 1, new MatchingBooks(Set.of(), 4));
		assertBooks("fay", before, new MatchingBooks(Set.of("hidden"), 5));
		assertBooks("fay", last, new MatchingBooks(Set.of("hidden", "shown"), 6));
	}

	@Test
	void rejectsTextThatIsNotATypeName() {
		for (String type : List.of("", "Set", "set'", "set-", "a b", "set\n")) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.events.reader(List.of("set", type)));
		}
	}

	private void assertStreams(String after, long upTo, int limit, String... expected) {
		StepVerifier.create(this.events.findStreams("eve", "set", after, upTo, limit))
			.expectNext(expected)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	private void assertBooks(String reader, long upTo, MatchingBooks expected) {
		StepVerifier
			.create(this.events.findBooks(reader, new StateTypes("set", "unset"), new StateTypes("hidden", "shown"),
					upTo))
			.expectNext(expected)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	/** The position of the appended event. */
	private long append(String stream, String reader, String book, Object payload) {
		EventLog log = this.fixture.log;
		return log.load(stream)
			.count()
			.flatMap((version) -> log.append(stream, version.intValue(),
					List.of(new NewEvent(reader, book, Instant.EPOCH, payload))))
			.blockOptional(HANG_LIMIT)
			.orElseThrow()
			.cursor()
			.position();
	}

	record SetEvent() {
	}

	record UnsetEvent() {
	}

	record HiddenEvent() {
	}

	record ShownEvent() {
	}

}
