package lectern.streaming.postgreslog;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import lectern.streaming.log.EventEnvelope;
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

	private final Feed<String> feed = new Feed<>(this.log, this.notifications);

	@BeforeAll
	void create() {
		this.log.create().block(HANG_LIMIT);
		this.notifications.start();
	}

	@AfterAll
	void stop() {
		this.notifications.stop();
		this.log.pool.disposeLater().block(HANG_LIMIT);
	}

	@Test
	void rollbackReturnsReservedPosition() {
		long before = lastPosition();
		this.log.append("regretted")
			.then(Mono.<Long>error(new IllegalStateException("roll back")))
			.as(this.log.transaction::transactional)
			.onErrorResume(IllegalStateException.class, (_) -> Mono.empty())
			.block(HANG_LIMIT);
		assertThat(this.log.commit("kept").block(HANG_LIMIT)).isEqualTo(before + 1);
	}

	/**
	 * Writers that dawdle before they commit, some that roll back, and followers that
	 * come and go: everyone sees every committed event, once, in one order.
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
		Mono<List<EventEnvelope<String>>> following = followWithReconnects(before, (long) writers * each * 5 / 6);
		List<EventEnvelope<String>> seen = Objects.requireNonNull(Mono
			.zip(following, followWithReconnects(before, (long) writers * each * 5 / 6), writing.then(Mono.just(true)))
			.doOnNext((all) -> assertThat(all.getT1()).isEqualTo(all.getT2()))
			.map((all) -> all.getT1())
			.block(HANG_LIMIT));
		assertThat(seen).extracting(EventEnvelope::event)
			.doesNotHaveDuplicates()
			.containsExactlyInAnyOrderElementsOf(committed);
		for (int at = 0; at < seen.size(); at++) {
			assertThat(seen.get(at).position()).isEqualTo(before + at + 1);
		}
		assertThat(seen).extracting(EventEnvelope::receivedAt).isSorted();
	}

	@Test
	void notificationArrivesBeforePollInterval() {
		long before = lastPosition();
		Mono<List<EventEnvelope<String>>> next = this.feed.after(before).next();
		Mono<Long> commit = this.log.commit("woken").delaySubscription(Duration.ofMillis(100));
		assertThat(Objects.requireNonNull(Mono.zip(next, commit).block(HANG_LIMIT)).getT1())
			.extracting(EventEnvelope::event)
			.containsExactly("woken");
	}

	/** Every sixth is rolled back; all wait a little with the transaction open. */
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

	/** Follows for one page, leaves, and comes back where it was. */
	private Mono<List<EventEnvelope<String>>> followWithReconnects(long position, long count) {
		return this.feed.after(position)
			.next()
			.expand((page) -> (page.getLast().position() >= position + count) ? Mono.empty()
					: this.feed.after(page.getLast().position()).next())
			.flatMapIterable((page) -> page)
			.collectList();
	}

	private long lastPosition() {
		return Objects.requireNonNull(this.log.head.cursor().block(HANG_LIMIT)).position();
	}

	/** Cancelled half way, some of these took a place and wrote nothing into it. */
	@Test
	void cancelledTransactionLeavesNoGap() {
		UncancellableTransactions transactions = new UncancellableTransactions(this.log.transaction);
		Flux.range(0, 200)
			.flatMap((number) -> transactions.run(this.log.append("left " + number))
				.timeout(Duration.ofMillis(1 + number % 7), Mono.empty()), 8)
			.blockLast(HANG_LIMIT);
		Boolean whole = this.log.database
			.sql("select (select count(*) from note) = position and position >= 200 as whole from log_head")
			.map((row) -> row.get("whole", Boolean.class))
			.one()
			.filter((yes) -> yes)
			.repeatWhenEmpty((times) -> times.delayElements(Duration.ofMillis(20)))
			.block(HANG_LIMIT);
		assertThat(whole).isTrue();
	}

}
