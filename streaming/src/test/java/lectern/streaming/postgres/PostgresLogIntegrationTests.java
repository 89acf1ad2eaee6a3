package lectern.streaming.postgres;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import lectern.streaming.Entry;
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

	private final LogUnderTest log = new LogUnderTest();

	private final Wakeups wakeups = new Wakeups(this.log.pool);

	private final Feed<String> feed = new Feed<>(this.log, this.wakeups);

	@BeforeAll
	void create() {
		this.log.create().block(HANG_LIMIT);
		this.wakeups.start();
	}

	@AfterAll
	void stop() {
		this.wakeups.stop();
		this.log.pool.disposeLater().block(HANG_LIMIT);
	}

	@Test
	void aRollbackGivesItsPositionBack() {
		long before = last();
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
	void followersSeeEveryCommittedEventOnceInOneOrder() {
		long before = last();
		int writers = 8;
		int each = 60;
		Set<String> committed = ConcurrentHashMap.newKeySet();
		Flux<Long> writing = Flux.range(0, writers)
			.flatMap((writer) -> Flux.range(0, each).concatMap((number) -> dawdling(writer, number, committed)),
					writers);
		Mono<List<Entry<String>>> following = restless(before, (long) writers * each * 5 / 6);
		List<Entry<String>> seen = Objects.requireNonNull(
				Mono.zip(following, restless(before, (long) writers * each * 5 / 6), writing.then(Mono.just(true)))
					.doOnNext((all) -> assertThat(all.getT1()).isEqualTo(all.getT2()))
					.map((all) -> all.getT1())
					.block(HANG_LIMIT));
		assertThat(seen).extracting(Entry::event)
			.doesNotHaveDuplicates()
			.containsExactlyInAnyOrderElementsOf(committed);
		for (int at = 0; at < seen.size(); at++) {
			assertThat(seen.get(at).position()).isEqualTo(before + at + 1);
		}
		assertThat(seen).extracting(Entry::receivedAt).isSorted();
	}

	@Test
	void aNotificationWakesBeforeTheSlowTimerDoes() {
		long before = last();
		Mono<List<Entry<String>>> next = this.feed.after(before).next();
		Mono<Long> commit = this.log.commit("woken").delaySubscription(Duration.ofMillis(100));
		assertThat(Objects.requireNonNull(Mono.zip(next, commit).block(HANG_LIMIT)).getT1()).extracting(Entry::event)
			.containsExactly("woken");
	}

	/** Every sixth is rolled back; all wait a little with the transaction open. */
	private Mono<Long> dawdling(int writer, int number, Set<String> committed) {
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
	private Mono<List<Entry<String>>> restless(long position, long count) {
		return this.feed.after(position)
			.next()
			.expand((page) -> (page.getLast().position() >= position + count) ? Mono.empty()
					: this.feed.after(page.getLast().position()).next())
			.flatMapIterable((page) -> page)
			.collectList();
	}

	private long last() {
		return Objects.requireNonNull(this.log.head.cursor().block(HANG_LIMIT)).position();
	}

	/** Cancelled half way, some of these took a place and wrote nothing into it. */
	@Test
	void whoLooksAwayFromATransactionLeavesNoHole() {
		Transactions transactions = new Transactions(this.log.transaction);
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
