package lectern.progress.command;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;

import lectern.progress.eventlog.InMemoryEventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.StreamAliases;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.DeviceClock;
import lectern.progress.model.PositionUpdateMode;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingCommand.AbandonReading;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.ReopenReading;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.representation.PositionView;
import lectern.progress.representation.ProgressEventTypes;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class ReadingCommandHandlerTests {

	private static final BookSnapshot BOOK = new BookSnapshot("a-book", "A Book", List.of("An Author"));

	private static final Function<Instant, ReadingCommand> FINISH = (receivedAt) -> new FinishReading("ada",
			receivedAt);

	private static final Function<Instant, ReadingCommand> REOPEN = (receivedAt) -> new ReopenReading("ada",
			receivedAt);

	private final InMemoryEventLog log = new InMemoryEventLog(ProgressEventTypes.registered());

	private final ReadingCommandHandler handler = newHandler();

	private final ReadingCommandHandler otherHandler = newHandler();

	private final UUID reading = new UUID(0, 1);

	@Test
	void fullAppendQueueIsUnavailable() {
		this.log.rejectAppends();
		StepVerifier.create(start())
			.expectErrorSatisfies(
					(failure) -> assertThat(((Problem) failure).type()).isEqualTo(ProblemType.UNAVAILABLE))
			.verify(HANG_LIMIT);
	}

	/** Commands that were decided on a stale version are decided again. */
	@Test
	void concurrentHandlersProduceConsecutiveVersions() {
		start().block(HANG_LIMIT);
		List<Integer> versions = Objects.requireNonNull(Flux.range(0, 40)
			.flatMap((number) -> ((number % 4 < 2) ? this.handler : this.otherHandler)
				.handle(this.reading, ReadingPrecondition.NONE, (number % 2 == 0) ? FINISH : REOPEN)
				.subscribeOn(Schedulers.parallel()), 40)
			.filter(ReadingCommandResult::changed)
			.map((result) -> result.lastEvent().version())
			.sort()
			.collectList()
			.block(HANG_LIMIT));
		assertThat(versions).isNotEmpty()
			.containsExactlyElementsOf(IntStream.range(2, 2 + versions.size()).boxed().toList());
	}

	@Test
	void cachedStateAvoidsLoads() {
		start().block(HANG_LIMIT);
		int loads = this.log.loadCount();
		for (int number = 0; number < 10; number++) {
			handle(this.handler, FINISH);
			handle(this.handler, REOPEN);
		}
		assertThat(this.log.loadCount()).isEqualTo(loads);
	}

	@Test
	void staleCacheIsReloadedBeforeReturningNoChange() {
		start().block(HANG_LIMIT);
		handle(this.handler, FINISH);
		handle(this.otherHandler, REOPEN);

		assertThat(handle(this.handler, FINISH).changed()).isTrue();
	}

	@Test
	void staleCacheIsReloadedBeforeRejection() {
		start().block(HANG_LIMIT);
		handle(this.handler, FINISH);
		handle(this.otherHandler, REOPEN);

		assertThat(handle(this.handler, (receivedAt) -> new AbandonReading("ada", receivedAt)).lastEvent().version())
			.isEqualTo(4);
	}

	@Test
	void staleCacheIsReloadedBeforePreconditionFails() {
		start().block(HANG_LIMIT);
		handle(this.handler, FINISH);
		handle(this.otherHandler, REOPEN);

		ReadingCommandResult result = this.handler.handle(this.reading, ReadingPrecondition.ofIfMatch("\"3\""), FINISH)
			.block(HANG_LIMIT);

		assertThat(Objects.requireNonNull(result).lastEvent().version()).isEqualTo(4);
	}

	@Test
	void commandIsDecidedOnChangesOfOtherHandler() {
		start().block(HANG_LIMIT);
		handle(this.handler, REOPEN);
		handle(this.otherHandler, FINISH);

		ReadingCommandResult result = handle(this.handler, REOPEN);

		assertThat(result.before().version()).isEqualTo(2);
		assertThat(result.lastEvent().version()).isEqualTo(3);
	}

	@Test
	void everyReportMovesPositionWhileClockIsSetBack() {
		start().block(HANG_LIMIT);
		AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
		ReadingCommandHandler setBack = newHandler(((InstantSource) now::get).withZone(ZoneOffset.UTC));
		for (int tenth = 1; tenth < 10; tenth++) {
			BigDecimal fraction = BigDecimal.valueOf(tenth, 1);
			now.updateAndGet((instant) -> instant.minus(Duration.ofMinutes(10)));
			ReadingCommandResult result = handle(setBack, (receivedAt) -> new ReportPosition("ada", fraction, null,
					null, null, null, DeviceClock.UNKNOWN, PositionUpdateMode.LATEST, receivedAt));
			assertThat(result.reading().position()).extracting(PositionView::fraction).isEqualTo(fraction);
		}
		List<Instant> occurred = this.log.load(this.reading.toString())
			.map(StoredEvent::occurredAt)
			.skip(1)
			.collectList()
			.block(HANG_LIMIT);
		assertThat(occurred).hasSize(9).isSorted();
	}

	private ReadingCommandHandler newHandler() {
		return newHandler(Clock.systemUTC());
	}

	private ReadingCommandHandler newHandler(Clock clock) {
		return new ReadingCommandHandler(this.log, new StreamAliases(this.log), new ReadingStateCache(this.log),
				new KeyedSerialExecutor(), (_) -> PositionUpdateMode.LATEST, clock);
	}

	private ReadingCommandResult handle(ReadingCommandHandler commandHandler,
			Function<Instant, ReadingCommand> commandFactory) {
		return Objects.requireNonNull(
				commandHandler.handle(this.reading, ReadingPrecondition.NONE, commandFactory).block(HANG_LIMIT));
	}

	private Mono<ReadingCommandResult> start() {
		return this.handler.handle(this.reading, ReadingPrecondition.NONE,
				(receivedAt) -> new StartReading("ada", "a-book", BOOK, null, receivedAt));
	}

}
