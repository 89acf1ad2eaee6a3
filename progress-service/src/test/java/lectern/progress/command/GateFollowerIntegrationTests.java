package lectern.progress.command;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import lectern.progress.catalog.KnownPaths;
import lectern.progress.document.ReadingEventTypes;
import lectern.progress.log.NewEvent;
import lectern.progress.log.StoredEvent;
import lectern.progress.log.TestLog;
import lectern.progress.model.Book;
import lectern.progress.model.PathCommand.JoinPath;
import lectern.progress.model.PathEvent.PathJoined;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.progress.path.FinishedBooks;
import lectern.progress.path.PathStream;
import lectern.progress.path.Standings;
import lectern.streaming.postgres.Wakeups;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The follower over a real log, stopped, started and doubled. */
class GateFollowerIntegrationTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private final TestLog test = new TestLog(ReadingEventTypes.registered());

	private final Wakeups wakeups = new Wakeups(this.test.pool);

	private final Paths paths = new Paths(this.test.log,
			new Standings(this.test.log, new KnownPaths(this.test.database), new FinishedBooks(this.test.database)),
			Clock.systemUTC());

	private final GateFollower follower = new GateFollower(new JoinedPaths(this.test.database), this.paths,
			this.wakeups);

	@BeforeEach
	void start() {
		this.wakeups.start();
		know("[{\"id\":\"first\",\"rule\":{\"type\":\"all\"},\"steps\":[{\"book\":\"git\"}]}]");
	}

	@AfterEach
	void stop() {
		this.follower.stop();
		this.wakeups.stop();
		this.test.close();
	}

	@Test
	void whatHappenedWhileItWasAwayIsLookedAt() {
		this.follower.start();
		join("ada");
		dealtWith();
		this.follower.stop();
		assertThat(this.follower.isRunning()).isFalse();
		finish("ada", "git");
		assertThat(types("ada")).containsExactly("path-joined");
		this.follower.start();
		dealtWith();
		assertThat(types("ada")).containsExactly("path-joined", "gate-passed");
	}

	@Test
	void aBookThatWasFinishedWhileItsReaderJoinedPassesItsGate() {
		finish("ada", "git");
		// The command was decided on what was finished before.
		this.test.log
			.append(new PathStream("ada", "architect").toString(), 0,
					List.of(new NewEvent("ada", null, NOON, new PathJoined("ada", "architect", "The Architect", NOON))))
			.block(HANG_LIMIT);
		this.follower.start();
		dealtWith();
		assertThat(types("ada")).containsExactly("path-joined", "gate-passed");
	}

	@Test
	void aFinishThatWasTakenBackPassesNothing() {
		join("ada");
		UUID reading = finish("ada", "git");
		append("ada", reading, 2, "git", new ReadingReopened(NOON));
		this.follower.start();
		dealtWith();
		assertThat(types("ada")).containsExactly("path-joined");
	}

	@Test
	void oneOfTwoReadingsThatStaysFinishedIsEnough() {
		finish("ada", "git");
		UUID again = finish("ada", "git");
		append("ada", again, 2, "git", new ReadingReopened(NOON));
		join("ada");
		assertThat(types("ada")).containsExactly("path-joined", "gate-passed");
	}

	@Test
	void twoThatFollowPassAGateOnce() {
		GateFollower other = new GateFollower(new JoinedPaths(this.test.database), this.paths, this.wakeups);
		this.follower.start();
		other.start();
		List<String> readers = IntStream.range(0, 20).mapToObj((number) -> "reader-" + number).toList();
		readers.forEach(this::join);
		readers.forEach((reader) -> finish(reader, "git"));
		dealtWith();
		other.stop();
		assertThat(readers)
			.allSatisfy((reader) -> assertThat(types(reader)).containsExactly("path-joined", "gate-passed"));
	}

	@Test
	void aPathThatChangesIsLookedAtForAllWhoAreOnItAndForNobodyElse() {
		Flux.range(0, 300).flatMap((number) -> joining("reader-" + number), 8).then().block(HANG_LIMIT);
		this.follower.start();
		dealtWith();
		know("[{\"id\":\"first\",\"rule\":{\"type\":\"all\"},\"steps\":[]}]");
		this.test.execute("insert into changed_path (path) values ('architect'), ('other')");
		this.test.eventually("select count(*) = 0 from changed_path");
		assertThat(count("select count(*) from event where type = 'gate-passed'")).isEqualTo(300);
		assertThat(count("select count(*) from event")).isEqualTo(600);
	}

	@Test
	void whatItKnowsCanBeDroppedWhileItRuns() {
		this.follower.start();
		join("ada");
		dealtWith();
		this.test.execute("with gone as (delete from projection) delete from joined_path");
		dealtWith();
		finish("ada", "git");
		dealtWith();
		assertThat(types("ada")).containsExactly("path-joined", "gate-passed");
	}

	private void know(String gates) {
		this.test.database.sql("""
				insert into known_path (id, document) values ('architect', :document::json)
				on conflict (id) do update set document = excluded.document
				""")
			.bind("document", "{\"title\":\"The Architect\",\"version\":1,\"gates\":" + gates + "}")
			.then()
			.block(HANG_LIMIT);
	}

	private void join(String reader) {
		joining(reader).block(HANG_LIMIT);
	}

	private Mono<PathOutcome> joining(String reader) {
		return this.paths.obey(new PathStream(reader, "architect"), (_) -> {
		}, (receivedAt, standing) -> new JoinPath(reader, standing.path(), standing.finished(), receivedAt));
	}

	private UUID finish(String reader, String book) {
		UUID reading = UUID.randomUUID();
		append(reader, reading, 0, book, new ReadingStarted(reader, new Book(book, book, List.of()), null, NOON));
		append(reader, reading, 1, book, new ReadingFinished(NOON));
		return reading;
	}

	private void append(String reader, UUID reading, int version, String book, ReadingEvent event) {
		this.test.log.append(reading.toString(), version, List.of(new NewEvent(reader, book, NOON, event)))
			.block(HANG_LIMIT);
	}

	private List<String> types(String reader) {
		return Objects.requireNonNull(this.test.log.load(new PathStream(reader, "architect").toString())
			.map(StoredEvent::type)
			.collectList()
			.block(HANG_LIMIT));
	}

	/** Until nothing is left to follow: what it appends itself is followed, too. */
	private void dealtWith() {
		this.test.eventually("""
				select coalesce((select position from projection where name = 'joined-path'), 0) >= max(position)
				from event where type in ('reading-finished', 'path-joined', 'path-left', 'gate-passed', 'gate-waived')
				""");
	}

	private long count(String sql) {
		return Objects
			.requireNonNull(this.test.database.sql(sql).map((row) -> row.get(0, Long.class)).one().block(HANG_LIMIT));
	}

}
