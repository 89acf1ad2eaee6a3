package lectern.streaming.postgreslog;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.LogFollower;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresLogIntegrationTests {

	private final TestPostgresLog log = new TestPostgresLog();

	private final LogNotifications notifications = new LogNotifications(this.log.pool);

	private final LogFollower<String> feed = new LogFollower<>(this.log, this.notifications);

	@BeforeAll
	void create() {
		this.log.create().block(HANG_LIMIT);
		this.notifications.start();
	}

	@AfterAll
	void stop() {
		this.notifications.stop();
		TestPools.close(this.log.pool);
	}

	@Test
	void rollbackReturnsReservedPosition() {
		long before = lastPosition();
		this.log.append("rolled back")
			.then(Mono.<Long>error(new IllegalStateException("roll back")))
			.as(this.log.transaction::transactional)
			.onErrorResume(IllegalStateException.class, (_) -> Mono.empty())
			.block(HANG_LIMIT);
		assertThat(this.log.commit("kept").block(HANG_LIMIT)).isEqualTo(before + 1);
	}

	/**
	 * Writers delay their commits and some roll back; followers disconnect and reconnect.
	 * Each follower sees every committed event once, all in the same order.
	 */
	@Test
	void followersSeeEveryCommittedEventOnceInSameOrder() {
		long before = lastPosition();
		int writers = 8;
		int each = 60;
		Set<String> committed = ConcurrentHashMap.newKeySet();
		Flux<Long> writing = Flux.range(0, writers)
			.flatMap((writer) -> Flux.range(0, each).concatMap((number) -> appendSlowly(writer, number, committed)),
					writers);
		long commits = (long) writers * each * 5 / 6;
		List<EventEnvelope<String>> received = Objects.requireNonNull(Mono
			.zip(followWithReconnects(before, commits), followWithReconnects(before, commits),
					writing.then(Mono.just(true)))
			.doOnNext((both) -> assertThat(both.getT1()).isEqualTo(both.getT2()))
			.map((both) -> both.getT1())
			.block(HANG_LIMIT));
		assertThat(received).extracting(EventEnvelope::event)
			.doesNotHaveDuplicates()
			.containsExactlyInAnyOrderElementsOf(committed);
		for (int index = 0; index < received.size(); index++) {
			assertThat(received.get(index).position()).isEqualTo(before + index + 1);
		}
		assertThat(received).extracting(EventEnvelope::receivedAt).isSorted();
	}

	@Test
	void notificationArrivesBeforePollInterval() {
		long before = lastPosition();
		Mono<List<EventEnvelope<String>>> next = nextPage(before);
		Mono<Long> commit = this.log.commit("notified").delaySubscription(Duration.ofMillis(100));
		assertThat(Objects.requireNonNull(Mono.zip(next, commit).block(HANG_LIMIT)).getT1())
			.extracting(EventEnvelope::event)
			.containsExactly("notified");
	}

	/** The server does not close the connection then. */
	@Test
	void connectionWhoseServerStopsToAnswerIsReplaced() throws Exception {
		long frozen = listeners().blockFirst(HANG_LIMIT);
		signal("STOP", frozen);
		try {
			awaitOtherListener(frozen);
			notificationArrivesBeforePollInterval();
		}
		finally {
			signal("CONT", frozen);
		}
	}

	/**
	 * Every sixth append is rolled back; each keeps its transaction open for a moment.
	 */
	private Mono<Long> appendSlowly(int writer, int number, Set<String> committed) {
		String content = writer + "/" + number;
		Mono<Long> append = Mono.delay(Duration.ofMillis((writer * 7 + number * 3) % 11))
			.then(this.log.append(content));
		if (number % 6 == 5) {
			return append.then(Mono.<Long>error(new IllegalStateException("roll back")))
				.as(this.log.transaction::transactional)
				.onErrorResume(IllegalStateException.class, (_) -> Mono.empty());
		}
		return append.delayElement(Duration.ofMillis(number % 3))
			.as(this.log.transaction::transactional)
			.doOnNext((_) -> committed.add(content));
	}

	/** Follow for one page, cancel, and follow again from the last position. */
	private Mono<List<EventEnvelope<String>>> followWithReconnects(long position, long count) {
		return nextPage(position).expand((page) -> (page.getLast().position() >= position + count) ? Mono.empty()
				: nextPage(page.getLast().position()))
			.flatMapIterable((page) -> page)
			.collectList();
	}

	private Flux<Long> listeners() {
		return this.log.database.sql("""
				select pid::bigint as process from pg_stat_activity
				where datname = current_database() and (query ilike 'listen %' or query = 'SELECT 1')
				""").map((row) -> Objects.requireNonNull(row.get("process", Long.class))).all();
	}

	private void awaitOtherListener(long process) {
		listeners().filter((other) -> other != process)
			.next()
			.repeatWhenEmpty((repeats) -> repeats.delayElements(Duration.ofMillis(20)))
			.block(HANG_LIMIT);
	}

	private static void signal(String name, long process) throws IOException, InterruptedException {
		Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process)).start();
		assertThat(kill.waitFor(HANG_LIMIT)).isTrue();
		assertThat(kill.exitValue()).isZero();
	}

	private Mono<List<EventEnvelope<String>>> nextPage(long position) {
		return this.feed.after(position).filter((page) -> !page.isEmpty()).next();
	}

	private long lastPosition() {
		return Objects.requireNonNull(this.log.head.cursor().block(HANG_LIMIT)).position();
	}

	/** Cancelled transactions once reserved positions and wrote no event for them. */
	@Test
	void cancelledTransactionLeavesNoGap() {
		long before = lastPosition();
		UncancellableTransactions transactions = new UncancellableTransactions(this.log.transaction);
		Flux.range(0, 200)
			.flatMap((number) -> transactions.run(this.log.append("cancelled " + number))
				.timeout(Duration.ofMillis(1 + number % 7), Mono.empty()), 8)
			.blockLast(HANG_LIMIT);
		Boolean complete = this.log.database
			.sql("select (select count(*) from note) = position and position = $1 as complete from log_head")
			.bind("$1", before + 200)
			.map((row) -> row.get("complete", Boolean.class))
			.one()
			.filter((value) -> value)
			.repeatWhenEmpty((repeats) -> repeats.delayElements(Duration.ofMillis(20)))
			.block(HANG_LIMIT);
		assertThat(complete).isTrue();
	}

	@Test
	void instantsAreFoundAroundEmptyPositions() {
		TestPostgresLog sparse = new TestPostgresLog();
		try {
			sparse.create()
				.thenMany(Flux.range(1, 40).concatMap((number) -> sparse.commit("note " + number)))
				.then(sparse.database.sql("delete from note where position % 5 in (0, 3) or position between 8 and 17")
					.then())
				.block(HANG_LIMIT);
			List<EventEnvelope<String>> notes = Objects
				.requireNonNull(sparse.read(0, Long.MAX_VALUE, 100).collectList().block(HANG_LIMIT));
			for (EventEnvelope<String> note : notes) {
				assertThat(positionAt(sparse, note.receivedAt())).isEqualTo(note.position());
				assertThat(positionAt(sparse, note.receivedAt().minusNanos(1_000))).isEqualTo(notes.stream()
					.filter((other) -> other.receivedAt().isBefore(note.receivedAt()))
					.mapToLong(EventEnvelope::position)
					.max()
					.orElse(0));
			}
			assertThat(positionAt(sparse, Instant.EPOCH)).isZero();
			assertThat(positionAt(sparse, Instant.now().plusSeconds(60))).isEqualTo(notes.getLast().position());
		}
		finally {
			TestPools.close(sparse.pool);
		}
	}

	private static long positionAt(TestPostgresLog log, Instant instant) {
		return Objects.requireNonNull(log.head.cursorAt(instant, "note").block(HANG_LIMIT)).position();
	}

}
