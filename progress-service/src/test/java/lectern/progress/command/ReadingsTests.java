package lectern.progress.command;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import lectern.progress.document.ReadingEventTypes;
import lectern.progress.log.InMemoryEventLog;
import lectern.progress.log.TestLog;
import lectern.progress.model.Book;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.ReopenReading;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.web.Problem;
import lectern.web.ProblemType;

import static org.assertj.core.api.Assertions.assertThat;

class ReadingsTests {

	private static final Book BOOK = new Book("a-book", "A Book", List.of("Somebody"));

	private final InMemoryEventLog log = new InMemoryEventLog(ReadingEventTypes.registered());

	private final Readings here = new Readings(this.log, new Turns(), Clock.systemUTC());

	private final Readings elsewhere = new Readings(this.log, new Turns(), Clock.systemUTC());

	private final UUID reading = new UUID(0, 1);

	@Test
	void whereTooManyWaitItIsSaidSo() {
		this.log.becomeBusy();
		StepVerifier.create(start())
			.expectErrorSatisfies(
					(failure) -> assertThat(((Problem) failure).type()).isEqualTo(ProblemType.UNAVAILABLE))
			.verify(TestLog.SOON);
	}

	/** What was decided on a version that is not the last any more is decided again. */
	@Test
	void processesThatChangeOneReadingAtOnceAgree() {
		start().block(TestLog.SOON);
		List<Integer> versions = Objects.requireNonNull(Flux.range(0, 40)
			.flatMap((number) -> ((number % 4 < 2) ? this.here : this.elsewhere)
				.obey(this.reading, Condition.NONE,
						(receivedAt, _) -> (number % 2 == 0) ? new FinishReading("ada", receivedAt)
								: new ReopenReading("ada", receivedAt))
				.subscribeOn(Schedulers.parallel()), 40)
			.filter(Outcome::changed)
			.map((outcome) -> outcome.last().version())
			.sort()
			.collectList()
			.block(TestLog.SOON));
		assertThat(versions).isNotEmpty()
			.containsExactlyElementsOf(IntStream.range(2, 2 + versions.size()).boxed().toList());
	}

	private Mono<Outcome> start() {
		return this.here.obey(this.reading, Condition.NONE,
				(receivedAt, _) -> new StartReading("ada", "a-book", BOOK, null, receivedAt));
	}

}
