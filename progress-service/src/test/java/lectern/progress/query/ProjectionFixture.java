package lectern.progress.query;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import lectern.progress.eventlog.AppendResult;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.EventLogFixture;
import lectern.progress.eventlog.NewEvent;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.ReadingEvent;
import lectern.progress.projection.Projection;
import lectern.progress.projection.ProjectionCursors;
import lectern.progress.projection.ProjectionRunner;
import lectern.progress.projection.ReadYourWrites;
import lectern.progress.representation.ProgressEventTypes;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventReader;
import lectern.streaming.postgreslog.LogNotifications;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * A view over a real log in a database of its own, kept by its runner once that is
 * started.
 */
final class ProjectionFixture<P extends Projection> implements AutoCloseable {

	final EventLogFixture test = new EventLogFixture(ProgressEventTypes.registered());

	final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	final P projection;

	private final LogNotifications notifications = new LogNotifications(this.test.pool);

	private final Function<EventLog, EventReader<StoredEvent>> source;

	private ProjectionRunner runner;

	/**
	 * @param source what of the log the view is made of
	 */
	ProjectionFixture(Function<EventLogFixture, P> projection, Function<EventLog, EventReader<StoredEvent>> source) {
		this.projection = projection.apply(this.test);
		this.source = source;
		this.runner = newRunner();
		this.notifications.start();
	}

	ProjectionRunner runner() {
		return this.runner;
	}

	/** Waits for the current runner. */
	ReadYourWrites readYourWrites() {
		return new ReadYourWrites(this.test.log, this.runner);
	}

	/** Create another runner of the same projection. The caller starts and stops it. */
	ProjectionRunner newRunner() {
		return new ProjectionRunner(List.of(this.projection),
				new ProjectionCursors(this.test.database, this.test.transactions), this.source.apply(this.test.log),
				this.notifications, Duration.ZERO, Clock.systemUTC(), this.registry);
	}

	/**
	 * Stop the runner again and again at arbitrary moments, as a crash would, and start a
	 * new one each time.
	 */
	Mono<Void> restartRepeatedly() {
		return Mono.<Void>fromRunnable(this::restart).delaySubscription(Duration.ofMillis(20)).repeat(25).then();
	}

	private void restart() {
		this.runner.stop();
		this.runner = newRunner();
		this.runner.start();
	}

	/**
	 * Append one event to a stream.
	 * @param version the number of events that the stream has before it
	 */
	Mono<AppendResult> append(String reader, String stream, int version, ReadingEvent event) {
		return this.test.log.append(stream, version,
				List.of(new NewEvent(reader, "a-book", event.occurredAt(), event)));
	}

	/**
	 * Append the rest of a history of the reader ada. Each event is a commit of its own,
	 * because together they would all arrive at once.
	 * @param from the number of events already appended
	 */
	Mono<Void> append(String stream, int from, List<ReadingEvent> history) {
		return Flux.range(from, history.size() - from)
			.concatMap((version) -> append("ada", stream, version, history.get(version)))
			.then();
	}

	/** Return all events of the log. */
	List<StoredEvent> events() {
		return Objects.requireNonNull(this.test.log.readAll()
			.read(0, Long.MAX_VALUE, 100_000)
			.map(EventEnvelope::event)
			.collectList()
			.block(HANG_LIMIT));
	}

	List<StoredEvent> events(String stream) {
		return Objects.requireNonNull(this.test.log.load(stream).collectList().block(HANG_LIMIT));
	}

	/**
	 * Query the tables of the projection.
	 * @param sql returns one column of text
	 */
	List<String> queryColumn(String sql) {
		return Objects.requireNonNull(this.test.database.sql(sql)
			.map((row) -> row.get(0, String.class))
			.all()
			.collectList()
			.block(HANG_LIMIT));
	}

	@Override
	public void close() {
		this.runner.stop();
		this.notifications.stop();
		this.test.close();
	}

}
