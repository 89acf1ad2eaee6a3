package lectern.progress.command;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import lectern.progress.pathprogress.PathMembershipProjection;
import lectern.progress.pathprogress.PathStates;
import lectern.progress.pathprogress.PathStreamId;
import lectern.progress.projection.ProcessManagerCursors;
import lectern.progress.projection.ProjectionCursors;
import lectern.progress.projection.ProjectionRunner;
import lectern.progress.readerimport.ReaderImportLocks;
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

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final GateEvaluator gates = new GateEvaluator(this.commandHandler,
			new ReaderImportLocks(this.fixture.database));

	private final PathMembershipProjection memberships = new PathMembershipProjection(this.fixture.database);

	private final Node node = new Node();

	@BeforeEach
	void start() {
		this.notifications.start();
		storePath("[{\"id\":\"first\",\"rule\":{\"type\":\"all\"},\"steps\":[{\"book\":\"git\"}]}]");
	}

	@AfterEach
	void stop() {
		this.node.stop();
		this.notifications.stop();
		this.fixture.close();
	}

	@Test
	void eventsWhileStoppedAreProcessedAfterRestart() {
		this.node.start();
		join("ada");
		awaitProcessed();
		this.node.stop();
		finish("ada", "git");
		assertThat(types("ada")).containsExactly("path-joined");
		this.node.start();
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
		this.node.start();
		awaitProcessed();
		assertThat(types("ada")).containsExactly("path-joined", "gate-passed");
	}

	@Test
	void reopenedReadingPassesNoGate() {
		join("ada");
		UUID reading = finish("ada", "git");
		append("ada", reading, 2, "git", new ReadingReopened(NOON));
		this.node.start();
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
		Node other = new Node();
		this.node.start();
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
		this.node.start();
		awaitProcessed();
		storePath("[{\"id\":\"first\",\"rule\":{\"type\":\"all\"},\"steps\":[]}]");
		this.fixture.execute("insert into changed_path (path) values ('architect'), ('other')");
		this.fixture.awaitTrue("select count(*) = 0 from changed_path");
		assertThat(count("select count(*) from event where type = 'gate-passed'")).isEqualTo(300);
		assertThat(count("select count(*) from event")).isEqualTo(600);
	}

	@Test
	void membershipsAreRebuiltWithoutIssuingCommandsAgain() {
		this.node.start();
		join("ada");
		awaitProcessed();
		long position = count("select position from process_manager");
		this.fixture.execute("do $$ begin delete from projection; delete from path_membership; end $$");
		finish("ada", "git");
		awaitProcessed();
		assertThat(types("ada")).containsExactly("path-joined", "gate-passed");
		assertThat(count("select position from process_manager")).isGreaterThan(position);
		assertThat(count("select count(*) from path_membership where joined")).isOne();
	}

	@Test
	void processManagerWithoutPositionStartsAtThePresent() {
		this.fixture.execute("delete from process_manager");
		finish("ada", "git");
		// As if the command had been decided before the book was finished.
		this.fixture.log
			.append(new PathStreamId("ada", "architect").toString(), 0,
					List.of(new NewEvent("ada", null, NOON, new PathJoined("ada", "architect", "The Architect", NOON))))
			.block(HANG_LIMIT);
		this.node.start();
		this.fixture.awaitTrue("select count(*) = 1 from process_manager");
		join("eve");
		finish("eve", "git");
		awaitProcessed();
		assertThat(types("ada")).containsExactly("path-joined");
		assertThat(types("eve")).containsExactly("path-joined", "gate-passed");
	}

	@Test
	void lagOfProcessManagerIsMeasured() {
		this.node.start();
		join("ada");
		awaitProcessed();
		assertThat(this.registry.get("lectern.projection.lag").tag("projection", "gates").timeGauge().value())
			.isNotNegative();
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
				select coalesce((select position from process_manager), 0) >= max(position)
				from event where type in ('reading-finished', 'path-joined', 'path-left', 'gate-passed', 'gate-waived')
				""");
	}

	private long count(String sql) {
		return Objects.requireNonNull(
				this.fixture.database.sql(sql).map((row) -> row.get(0, Long.class)).one().block(HANG_LIMIT));
	}

	/** What a node of the service runs for gates. */
	private final class Node {

		private final ProjectionRunner membershipRunner = new ProjectionRunner(
				List.of(GateProcessManagerIntegrationTests.this.memberships),
				new ProjectionCursors(GateProcessManagerIntegrationTests.this.fixture.database,
						GateProcessManagerIntegrationTests.this.fixture.transactions),
				GateProcessManagerIntegrationTests.this.fixture.log.readAll(),
				GateProcessManagerIntegrationTests.this.notifications, ProjectionRunner.THROTTLE, Clock.systemUTC(),
				new SimpleMeterRegistry());

		private final ProjectionRunner gateRunner = new GateConfiguration().gateRunner(
				GateProcessManagerIntegrationTests.this.memberships, this.membershipRunner,
				GateProcessManagerIntegrationTests.this.gates,
				new ProcessManagerCursors(GateProcessManagerIntegrationTests.this.fixture.database),
				GateProcessManagerIntegrationTests.this.fixture.eventsByType,
				GateProcessManagerIntegrationTests.this.notifications, Clock.systemUTC(),
				GateProcessManagerIntegrationTests.this.registry);

		private final ChangedPathProcess changedPaths = new ChangedPathProcess(
				GateProcessManagerIntegrationTests.this.fixture.database,
				GateProcessManagerIntegrationTests.this.memberships, GateProcessManagerIntegrationTests.this.gates,
				GateProcessManagerIntegrationTests.this.notifications);

		void start() {
			this.membershipRunner.start();
			this.gateRunner.start();
			this.changedPaths.start();
		}

		void stop() {
			this.changedPaths.stop();
			this.gateRunner.stop();
			this.membershipRunner.stop();
		}

	}

}
