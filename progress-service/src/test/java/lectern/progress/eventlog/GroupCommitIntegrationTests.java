package lectern.progress.eventlog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import lectern.progress.account.ProgressFixture;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** More at once than the log takes in, as it is told over HTTP. */
class GroupCommitIntegrationTests {

	private static final BookSnapshot BOOK = new BookSnapshot("a-book", "A Book", List.of("Somebody"));

	private static ProgressFixture progress;

	private static WebClient client;

	@BeforeAll
	static void start() {
		progress = new ProgressFixture();
		progress.catalog().putBook(BOOK.id(), BOOK.title(), BOOK.authors().getFirst());
		String token = progress.token("ada");
		client = WebClient.builder()
			.baseUrl("http://127.0.0.1:" + progress.port())
			.defaultHeaders((headers) -> headers.setBearerAuth(token))
			.build();
		awaitStartedReading();
	}

	@AfterAll
	static void stop() {
		progress.close();
	}

	@Test
	void fullAppendQueueIsAnsweredWithRetryAfterAndStoresNothing() {
		Sinks.Empty<Void> held = Sinks.empty();
		Sinks.Empty<Void> told = Sinks.empty();
		Mono<StartReadingResponse> refused = held.asMono()
			.thenMany(Flux.interval(Duration.ofMillis(100)).onBackpressureDrop())
			.doOnNext((_) -> fillQueue())
			.flatMap((_) -> startReading())
			.filter((heard) -> heard.content()
				.contains("Too many commands are waiting to be stored. Try again in a moment."))
			.next()
			.doFinally((_) -> told.tryEmitEmpty());

		StartReadingResponse heard = Objects
			.requireNonNull(Mono.zip(refused, lockHead(held, told.asMono()).thenReturn(true), (first, _) -> first)
				.block(HANG_LIMIT));

		assertThat(heard.status()).isEqualTo(503);
		assertThat(heard.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
		assertThat(heard.headers().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(heard.content()).contains("\"/problems/unavailable\"");
		awaitStartedReading();
		assertThat(progress.log().load(heard.reading()).collectList().block(HANG_LIMIT)).as("what it was refused")
			.isEmpty();
	}

	/**
	 * Appends until there is no place: by as many requests it would take a minute, since
	 * each reads first.
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

	/** Another writer that has the head of the log, longer than any of ours could. */
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

	/** The book is known, and the log takes in what comes. */
	private static void awaitStartedReading() {
		startReading().filter((heard) -> heard.status() == 201)
			.repeatWhenEmpty((empty) -> empty.delayElements(Duration.ofMillis(50)))
			.block(HANG_LIMIT);
	}

	private static Mono<StartReadingResponse> startReading() {
		return Mono.defer(() -> {
			String reading = UUID.randomUUID().toString();
			return client.post()
				.uri("/api/v1/readers/ada/readings")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"book\":\"" + BOOK.id() + "\",\"id\":\"" + reading + "\"}")
				.exchangeToMono((answer) -> StartReadingResponse.of(reading, answer));
		});
	}

	/**
	 * An answer.
	 *
	 * @param reading that was to be started
	 */
	private record StartReadingResponse(String reading, int status, HttpHeaders headers, String content) {

		static Mono<StartReadingResponse> of(String reading, ClientResponse answer) {
			return answer.bodyToMono(String.class)
				.defaultIfEmpty("")
				.map((content) -> new StartReadingResponse(reading, answer.statusCode().value(),
						answer.headers().asHttpHeaders(), content));
		}

	}

}
