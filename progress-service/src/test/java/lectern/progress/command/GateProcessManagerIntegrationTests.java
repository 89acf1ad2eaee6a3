package lectern.progress.command;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import lectern.progress.catalogreplica.PathReplica;
import lectern.progress.eventlog.EventLogFixture;
import lectern.progress.eventlog.NewEvent;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.PathCommand.JoinPath;
import lectern.progress.model.PathEvent.PathJoined;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.progress.pathprogress.FinishedBooks;
import lectern.progress.pathprogress.PathStates;
import lectern.progress.pathprogress.PathStreamId;
import lectern.progress.projection.ProjectionCursors;
import lectern.progress.representation.ProgressEventTypes;
import lectern.streaming.postgreslog.LogNotifications;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The process manager with a real log: stopped, restarted, and running twice. */
class GateProcessManagerIntegrationTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private final EventLogFixture fixture = new EventLogFixture(ProgressEventTypes.registered());

	private final LogNotifications notifications = new LogNotifications(this.fixture.pool);

	private final PathCommandHandler commandHandler = new PathCommandHandler(this.fixture.log,
			new PathStates(this.fixture.log, new PathReplica(this.fixture.database),
					new FinishedBooks(this.fixture.eventsByType)),
			new KeyedSerialExecutor(), Clock.systemUTC());

	private final GateProcessManager processManager = newProcessManager();

	@BeforeEach
	void start() {
		this.notifications.start();
		storePath("[{\"id\":\"first\",\"rule\":{\"type\":\"all\"},\"steps\":[{\"book\":\"git\"}]}]");
	}

	@AfterEach
	void stop() {
		this.processManager.stop();
		this.notifications.stop();
		this.fixture.close();
	}

	@Test
	void eventsWhileStoppedAreProcessedAfterRestart() {
		this.processManager.start();
		join("ada");
		awaitProcessed();
		this.processManager.stop();
		assertThat(this.processManager.isRunning()).isFalse();
		finish("ada", "git");
		assertThat(types("ada")).containsExactly("path-joined");
		this.processManager.start();
		awaitProcessed();
		assertThat(types("ada")).containsExactly("path-joined", "gate-passed");
	}

	@Test
	void bookFinishedConcurrentlyWithJoinPassesGate() {
		finish("ada", "git");
		// As if the command had been decided before the book was finished.
		this.fixture.log
			.append(new PathStreamId("ada", "architect").toString(), 0,
					List.of(new NewEvent("ada", null, NOON, new PathJoined("ada", "architect", "The Architect", NOON))))
			.block(HANG_LIMIT);
		this.processManager.start();
		awaitProcessed();
		assertThat(types("ada")).containsExactly("path-joined", "gate-passed");
	}

	@Test
	void reopenedReadingPassesNoGate() {
		join("ada");
		UUID reading = finish("ada", "git");
		append("ada", reading, 2, "git", new ReadingReopened(NOON));
		this.processManager.start();
		awaitProcessed();
		assertThat(types("ada")).containsExactly("path-joined");
	}

	@Test
	void oneFinishedReadingOfTwoPassesGate() {
		finish("ada", "git");
		UUID reopened = finish("ada", "git");
		append("ada", reopened, 2, "git", new ReadingReopened(NOON));
		join("ada");
		assertThat(types("ada")).containsExactly("path-joined", "gate-passed");
	}

	@Test
	void twoProcessManagersPassAGateOnce() {
		GateProcessManager other = newProcessManager();
		this.processManager.start();
		other.start();
		List<String> readers = IntStream.range(0, 20).mapToObj((number) -> "reader-" + number).toList();
		readers.forEach(this::join);
		readers.forEach((reader) -> finish(reader, "git"));
		awaitProcessed();
		other.stop();
		assertThat(readers)
			.allSatisfy((reader) -> assertThat(types(reader)).containsExactly("path-joined", "gate-passed"));
	}

	@Test
	void changedPathIsEvaluatedForEveryMemberOnly() {
		Flux.range(0, 300).flatMap((number) -> joinCommand("reader-" + number), 8).then().block(HANG_LIMIT);
		this.processManager.start();
		awaitProcessed();
		storePath("[{\"id\":\"first\",\"rule\":{\"type\":\"all\"},\"steps\":[]}]");
		this.fixture.execute("insert into changed_path (path) values ('architect'), ('other')");
		this.fixture.awaitTrue("select count(*) = 0 from changed_path");
		assertThat(count("select count(*) from event where type = 'gate-passed'")).isEqualTo(300);
		assertThat(count("select count(*) from event")).isEqualTo(600);
	}

	@Test
	void projectionIsRebuiltAfterItWasDropped() {
		this.processManager.start();
		join("ada");
		awaitProcessed();
		this.fixture.execute("with deleted as (delete from projection) delete from path_membership");
		awaitProcessed();
		finish("ada", "git");
		awaitProcessed();
		assertThat(types("ada")).containsExactly("path-joined", "gate-passed");
	}

	private GateProcessManager newProcessManager() {
		ProjectionCursors cursors = new ProjectionCursors(this.fixture.database, this.fixture.transactions);
		return new GateProcessManager(
				new PathMembershipProjection(this.fixture.database, cursors, this.fixture.eventsByType),
				this.commandHandler, this.notifications);
	}

	private void storePath(String gates) {
		this.fixture.database.sql("""
				insert into path_replica (id, document) values ('architect', :document::json)
				on conflict (id) do update set document = excluded.document
				""")
			.bind("document", "{\"title\":\"The Architect\",\"version\":1,\"gates\":" + gates + "}")
			.then()
			.block(HANG_LIMIT);
	}

	private void join(String reader) {
		joinCommand(reader).block(HANG_LIMIT);
	}

	private Mono<PathCommandResult> joinCommand(String reader) {
		return this.commandHandler.handle(new PathStreamId(reader, "architect"), (_) -> {
		}, (receivedAt, state) -> new JoinPath(reader, state.path(), state.finishedBooks(), receivedAt));
	}

	private UUID finish(String reader, String book) {
		UUID reading = UUID.randomUUID();
		append(reader, reading, 0, book,
				new ReadingStarted(reader, new BookSnapshot(book, book, List.of()), null, NOON));
		append(reader, reading, 1, book, new ReadingFinished(NOON));
		return reading;
	}

	private void append(String reader, UUID reading, int version, String book, ReadingEvent event) {
		this.fixture.log.append(reading.toString(), version, List.of(new NewEvent(reader, book, NOON, event)))
			.block(HANG_LIMIT);
	}

	private List<String> types(String reader) {
		return Objects.requireNonNull(this.fixture.log.load(new PathStreamId(reader, "architect").toString())
			.map(StoredEvent::type)
			.collectList()
			.block(HANG_LIMIT));
	}

	/**
	 * Wait until all triggers are processed, also those that the process manager appends.
	 */
	private void awaitProcessed() {
		this.fixture.awaitTrue("""
				select coalesce((select position from projection where name = 'path-membership'), 0) >= max(position)
				from event where type in ('reading-finished', 'path-joined', 'path-left', 'gate-passed', 'gate-waived')
				""");
	}

	private long count(String sql) {
		return Objects.requireNonNull(
				this.fixture.database.sql(sql).map((row) -> row.get(0, Long.class)).one().block(HANG_LIMIT));
	}

}
