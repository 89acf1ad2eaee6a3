package lectern.progress.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import lectern.progress.log.Verdict.Won;
import lectern.streaming.Cursor;
import lectern.streaming.postgres.LogMeter;
import lectern.streaming.postgres.PostgresLogHead.Places;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Batches that are committed when the test says so. */
class GroupCommitTests {

	private static final Places PLACES = new Places(new Cursor("epochoftest", 1), Instant.EPOCH);

	private final List<List<Append>> batches = new ArrayList<>();

	private final List<Sinks.Empty<Void>> commits = new ArrayList<>();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final GroupCommit group = new GroupCommit(this::commit, this.registry);

	@BeforeEach
	void start() {
		this.group.start();
	}

	@AfterEach
	void stop() {
		this.group.stop();
	}

	@Test
	void theFirstIsNotKeptWaitingAndTheRestGoTogether() {
		ask(1);
		assertThat(this.batches).hasSize(1);
		ask(40);
		assertThat(this.batches).hasSize(1);
		this.commits.getFirst().tryEmitEmpty();
		assertThat(this.batches).extracting(List::size).containsExactly(1, 40);
	}

	@Test
	void aBatchIsBounded() {
		ask(1 + GroupCommit.BATCH + 1);
		this.commits.getFirst().tryEmitEmpty();
		this.commits.getLast().tryEmitEmpty();
		assertThat(this.batches).extracting(List::size).containsExactly(1, GroupCommit.BATCH, 1);
	}

	@Test
	void whoeverFindsTheQueueFullIsToldAtOnceAndThePlaceIsFreeAgainLater() {
		ask(1 + GroupCommit.WAITING);
		StepVerifier.create(this.group.append(append())).expectError(LogBusy.class).verify(HANG_LIMIT);
		this.commits.getFirst().tryEmitEmpty();
		StepVerifier.create(this.group.append(append()))
			.then(this::commitAll)
			.expectNextCount(1)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void aBatchThatFailsIsToldToAllOfItAndTheNextIsCommitted() {
		Mono<Appended> first = asked();
		ask(1);
		this.commits.getFirst().tryEmitError(new IllegalStateException("The connection is lost"));
		StepVerifier.create(first).expectError(IllegalStateException.class).verify(HANG_LIMIT);
		assertThat(this.batches).hasSize(2);
	}

	@Test
	void whoLooksAwayIsCommittedAllTheSame() {
		ask(1);
		Disposable leaving = this.group.append(append()).subscribe();
		Mono<Appended> staying = asked();
		leaving.dispose();
		commitAll();
		StepVerifier.create(staying).expectNextCount(1).expectComplete().verify(HANG_LIMIT);
		assertThat(this.batches).extracting(List::size).containsExactly(1, 2);
	}

	@Test
	void whoWaitsWhenTheServiceStopsIsTold() {
		Mono<Appended> beingCommitted = asked();
		Mono<Appended> waiting = asked();
		this.group.stop();
		StepVerifier.create(beingCommitted).expectError(CancellationException.class).verify(HANG_LIMIT);
		StepVerifier.create(waiting).expectError(CancellationException.class).verify(HANG_LIMIT);
		StepVerifier.create(this.group.append(append())).expectError(LogBusy.class).verify(HANG_LIMIT);
	}

	@Test
	void theMetersCountEventsAndThoseWhoGotThem() {
		ask(1);
		ask(30);
		commitAll();
		assertThat(this.registry.get(LogMeter.APPEND_BATCH.meterName()).summary().max()).isEqualTo(30);
		assertThat(this.registry.get(LogMeter.APPEND_BATCH.meterName()).summary().count()).isEqualTo(2);
		assertThat(this.registry.get(LogMeter.APPEND_DURATION.meterName()).timer().count()).isEqualTo(31);
	}

	private Mono<List<Verdict>> commit(List<Append> batch) {
		Sinks.Empty<Void> committed = Sinks.empty();
		this.batches.add(batch);
		this.commits.add(committed);
		return committed.asMono()
			.thenReturn(batch.stream()
				.<Verdict>map((append) -> new Won(append, new Appended(PLACES.first(), List.of(event(append))), null))
				.toList());
	}

	private static StoredEvent event(Append append) {
		return new StoredEvent(1, append.stream(), 1, "ada", "noted", "book", Instant.EPOCH, Instant.EPOCH, "");
	}

	private void commitAll() {
		for (int at = 0; at < this.commits.size(); at++) {
			this.commits.get(at).tryEmitEmpty();
		}
	}

	private void ask(int count) {
		for (int number = 0; number < count; number++) {
			asked();
		}
	}

	private Mono<Appended> asked() {
		Mono<Appended> asked = this.group.append(append()).cache();
		asked.subscribe((_) -> {
		}, (_) -> {
		});
		return asked;
	}

	private static Append append() {
		NewEvent event = new NewEvent("ada", "book", Instant.EPOCH, new EventLogContract.Noted("text"));
		return Append.of("stream", 0, List.of(event), null, EventLogContract.TYPES);
	}

}
