package lectern.progress.eventlog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.web.TestApiResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What a client gets over HTTP when the queue of appends is full. */
class GroupCommitIntegrationTests {

	private static final BookSnapshot BOOK = new BookSnapshot("a-book", "A Book", List.of("Somebody"));

	/** Not the shared instance: the queue of its log is filled here. */
	private static TestProgress progress;

	private static TestReader reader;

	@BeforeAll
	static void start() {
		progress = TestProgress.start();
		progress.addBook(BOOK.id(), BOOK.title(), BOOK.authors().getFirst());
		reader = progress.newReader();
		reader.start(BOOK.id());
	}

	@AfterAll
	static void stop() {
		progress.close();
	}

	@Test
	void fullAppendQueueIsAnsweredWithRetryAfterAndStoresNothing() {
		List<StartAttempt> attempts = new CopyOnWriteArrayList<>();
		Sinks.Empty<Void> held = Sinks.empty();
		Sinks.Empty<Void> rejected = Sinks.empty();
		Mono<StartAttempt> rejection = held.asMono()
			.thenMany(Flux.interval(Duration.ofMillis(100)).onBackpressureDrop())
			.doOnNext((_) -> fillQueue())
			.flatMap((_) -> sendStart())
			.doOnNext(attempts::add)
			.filter((attempt) -> attempt.response()
				.text()
				.contains("Too many commands are waiting to be stored. Try again in a moment."))
			.next()
			.doFinally((_) -> rejected.tryEmitEmpty());

		StartAttempt attempt = Objects
			.requireNonNull(Mono.zip(rejection, lockHead(held, rejected.asMono()).thenReturn(true), (first, _) -> first)
				.block(HANG_LIMIT));

		attempt.response().assertProblem(503, "unavailable").assertHeader(HttpHeaders.RETRY_AFTER, "1");
		// The head was locked for longer than a command may wait.
		assertThat(attempts).extracting(StartAttempt::response)
			.allSatisfy((response) -> response.assertProblem(503, "unavailable"))
			.allSatisfy((response) -> assertThat(response.header(HttpHeaders.RETRY_AFTER)).isNotNull());
		Awaitility.await().atMost(HANG_LIMIT).until(() -> sendStart().block(HANG_LIMIT).response().status() == 201);
		assertThat(progress.log().load(attempt.reading()).collectList().block(HANG_LIMIT)).as("rejected reading")
			.isEmpty();
	}

	private static Mono<StartAttempt> sendStart() {
		return Mono.defer(() -> {
			String reading = UUID.randomUUID().toString();
			return reader.client()
				.send(HttpMethod.POST, reader.path() + "/readings",
						"{\"book\":\"%s\",\"id\":\"%s\",\"again\":true}".formatted(BOOK.id(), reading))
				.map((response) -> new StartAttempt(reading, response));
		});
	}

	/**
	 * Append directly until the queue is full. Requests would take a minute for this,
	 * because each of them reads first.
	 */
	private static void fillQueue() {
		AtomicBoolean full = new AtomicBoolean();
		while (!full.get()) {
			NewEvent started = new NewEvent("eve", BOOK.id(), Instant.EPOCH,
					new ReadingStarted("eve", BOOK, null, Instant.EPOCH));
			progress.log().append(UUID.randomUUID().toString(), 0, List.of(started)).subscribe((_) -> {
			}, (failure) -> full.compareAndSet(false, failure instanceof AppendQueueFullException));
		}
	}

	/** Hold the head of the log, longer than the timeouts of the service would allow. */
	private static Mono<Void> lockHead(Sinks.Empty<Void> held, Mono<Void> until) {
		DatabaseClient database = progress.database();
		return TransactionalOperator.create(new R2dbcTransactionManager(database.getConnectionFactory()))
			.transactional(database.sql("set local idle_in_transaction_session_timeout = 0")
				.then()
				.then(database.sql("set local transaction_timeout = 0").then())
				.then(database.sql("select position from log_head for update").then())
				.doOnSuccess((_) -> held.tryEmitEmpty())
				.then(until));
	}

	/**
	 * A request to start a reading.
	 *
	 * @param reading the id that the request asked for
	 */
	private record StartAttempt(String reading, TestApiResponse response) {
	}

}
