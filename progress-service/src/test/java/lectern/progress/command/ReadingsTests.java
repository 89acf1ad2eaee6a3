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
import lectern.progress.model.ReadingCommand.AbandonReading;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.ReopenReading;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.web.Problem;
import lectern.web.ProblemType;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class ReadingsTests {

	private static final Book BOOK = new Book("a-book", "A Book", List.of("Somebody"));

	private static final Order FINISH = (receivedAt) -> new FinishReading("ada", receivedAt);

	private static final Order REOPEN = (receivedAt) -> new ReopenReading("ada", receivedAt);

	private final InMemoryEventLog log = new InMemoryEventLog(ReadingEventTypes.registered());

	private final Readings here = process();

	private final Readings elsewhere = process();

	private final UUID reading = new UUID(0, 1);

	@Test
	void whereTooManyWaitItIsSaidSo() {
		this.log.becomeBusy();
		StepVerifier.create(start())
			.expectErrorSatisfies(
					(failure) -> assertThat(((Problem) failure).type()).isEqualTo(ProblemType.UNAVAILABLE))
			.verify(HANG_LIMIT);
	}

	/** What was decided on a version that is not the last any more is decided again. */
	@Test
	void processesThatChangeOneReadingAtOnceAgree() {
		start().block(HANG_LIMIT);
		List<Integer> versions = Objects.requireNonNull(Flux.range(0, 40)
			.flatMap((number) -> ((number % 4 < 2) ? this.here : this.elsewhere)
				.obey(this.reading, Condition.NONE, (number % 2 == 0) ? FINISH : REOPEN)
				.subscribeOn(Schedulers.parallel()), 40)
			.filter(Outcome::changed)
			.map((outcome) -> outcome.last().version())
			.sort()
			.collectList()
			.block(HANG_LIMIT));
		assertThat(versions).isNotEmpty()
			.containsExactlyElementsOf(IntStream.range(2, 2 + versions.size()).boxed().toList());
	}

	@Test
	void whatCameBeforeIsReadOnce() {
		start().block(HANG_LIMIT);
		int loads = this.log.loads();
		for (int times = 0; times < 10; times++) {
			obey(this.here, FINISH);
			obey(this.here, REOPEN);
		}
		assertThat(this.log.loads()).isEqualTo(loads);
	}

	@Test
	void whatAnotherProcessDidIsSeenWhenNothingWouldHappen() {
		start().block(HANG_LIMIT);
		obey(this.here, FINISH);
		obey(this.elsewhere, REOPEN);

		assertThat(obey(this.here, FINISH).changed()).isTrue();
	}

	@Test
	void whatAnotherProcessDidIsSeenBeforeARefusal() {
		start().block(HANG_LIMIT);
		obey(this.here, FINISH);
		obey(this.elsewhere, REOPEN);

		assertThat(obey(this.here, (receivedAt) -> new AbandonReading("ada", receivedAt)).last().version())
			.isEqualTo(4);
	}

	@Test
	void whatAnotherProcessDidIsSeenBeforeAConditionFails() {
		start().block(HANG_LIMIT);
		obey(this.here, FINISH);
		obey(this.elsewhere, REOPEN);

		Outcome outcome = this.here.obey(this.reading, Condition.ifSaid("\"3\""), FINISH).block(HANG_LIMIT);

		assertThat(Objects.requireNonNull(outcome).last().version()).isEqualTo(4);
	}

	@Test
	void whatAnotherProcessDidIsSeenBeforeItIsUndone() {
		start().block(HANG_LIMIT);
		obey(this.here, REOPEN);
		obey(this.elsewhere, FINISH);

		Outcome outcome = obey(this.here, REOPEN);

		assertThat(outcome.before().version()).isEqualTo(2);
		assertThat(outcome.last().version()).isEqualTo(3);
	}

	private Readings process() {
		return new Readings(this.log, new ReadingStates(this.log), new Turns(), Clock.systemUTC());
	}

	private Outcome obey(Readings process, Order order) {
		return Objects.requireNonNull(process.obey(this.reading, Condition.NONE, order).block(HANG_LIMIT));
	}

	private Mono<Outcome> start() {
		return this.here.obey(this.reading, Condition.NONE,
				(receivedAt) -> new StartReading("ada", "a-book", BOOK, null, receivedAt));
	}

}
