package lectern.progress.command;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.EventLogFixture;
import lectern.progress.eventlog.StreamAliases;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.PositionUpdateMode;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.representation.ProgressEventTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Starts of one book on two nodes with one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartOrContinueHandlerIntegrationTests {

	private static final BookSnapshot BOOK = new BookSnapshot("a-book", "A Book", List.of("An Author"));

	private final EventLogFixture fixture = new EventLogFixture(ProgressEventTypes.registered());

	private final List<Node> nodes = List.of(new Node(this.fixture.log), new Node(this.fixture.newNode()));

	@AfterAll
	void close() {
		this.fixture.close();
	}

	@RepeatedTest(5)
	void concurrentStartsOnTwoNodesGiveOneReading() {
		String reader = UUID.randomUUID().toString();
		List<UUID> ids = IntStream.range(0, 10).mapToObj((_) -> UUID.randomUUID()).toList();
		List<ReadingCommandResult> results = Objects.requireNonNull(Flux.range(0, 10)
			.flatMap((number) -> start(number % 2, reader, ids.get(number)).subscribeOn(Schedulers.parallel()), 10)
			.collectList()
			.block(HANG_LIMIT));
		assertThat(results).filteredOn(ReadingCommandResult::changed).hasSize(1);
		assertThat(results).extracting((result) -> result.lastEvent().stream()).containsOnly(id(results.getFirst()));
		for (UUID id : ids) {
			ReadingCommandResult again = Objects.requireNonNull(start(1, reader, id).block(HANG_LIMIT));
			assertThat(again.changed()).isFalse();
			assertThat(id(again)).isEqualTo(id(results.getFirst()));
		}
	}

	@Test
	void startsAndFinishesOnTwoNodesNeverLeaveTwoOpenReadings() {
		String reader = UUID.randomUUID().toString();
		Flux.range(0, 40)
			.flatMap((number) -> start(number % 2, reader, UUID.randomUUID())
				.flatMap((started) -> handle(1 - number % 2, UUID.fromString(id(started)),
						(receivedAt) -> new FinishReading(reader, receivedAt)))
				.subscribeOn(Schedulers.parallel()), 8)
			.then()
			.block(HANG_LIMIT);
		List<String> types = Objects.requireNonNull(this.fixture.log.readByReader(reader)
			.read(0, Long.MAX_VALUE, 1000)
			.map((envelope) -> envelope.event().type())
			.collectList()
			.block(HANG_LIMIT));
		for (int index = 0; index < types.size(); index++) {
			assertThat(types.get(index)).isEqualTo((index % 2 == 0) ? "reading-started" : "reading-finished");
		}
	}

	private Mono<ReadingCommandResult> start(int node, String reader, UUID id) {
		return this.nodes.get(node).startHandler.start(id, true,
				(receivedAt) -> new StartReading(reader, "a-book", BOOK, null, receivedAt), null);
	}

	private Mono<ReadingCommandResult> handle(int node, UUID reading, Function<Instant, ReadingCommand> factory) {
		return this.nodes.get(node).commandHandler.handle(reading, ReadingPrecondition.NONE, factory);
	}

	private static String id(ReadingCommandResult result) {
		return result.lastEvent().stream();
	}

	/** What a process has of its own. */
	private static final class Node {

		private final ReadingCommandHandler commandHandler;

		private final StartOrContinueHandler startHandler;

		Node(EventLog log) {
			StreamAliases aliases = new StreamAliases(log);
			this.commandHandler = new ReadingCommandHandler(log, aliases, new ReadingStateCache(log),
					new KeyedSerialExecutor(), (_) -> PositionUpdateMode.LATEST, Clock.systemUTC());
			this.startHandler = new StartOrContinueHandler(this.commandHandler, aliases);
		}

	}

}
