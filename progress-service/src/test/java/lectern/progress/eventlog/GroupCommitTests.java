package lectern.progress.eventlog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.R2dbcTimeoutException;
import lectern.progress.eventlog.AppendOutcome.Committed;
import lectern.progress.eventlog.AppendOutcome.Rejected;
import lectern.streaming.log.Cursor;
import lectern.streaming.postgreslog.LogMeter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Tests with batches whose commits the test controls. */
class GroupCommitTests {

	private static final Cursor BEFORE = new Cursor("epochoftest", 0);

	private final List<List<Append>> batches = new ArrayList<>();

	private final List<Sinks.Empty<Void>> commits = new ArrayList<>();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private Function<Append, AppendOutcome> outcome = (append) -> new Committed(append.result(BEFORE, Instant.EPOCH));

	private final GroupCommit group = new GroupCommit("commands", this::commit, this.registry, () -> Runnable::run);

	@BeforeEach
	void start() {
		this.group.start();
	}

	@AfterEach
	void stop() {
		this.group.stop();
	}

	@Test
	void firstAppendIsCommittedAtOnceAndTheRestAsOneBatch() {
		appendMany(1);
		assertThat(this.batches).hasSize(1);
		appendMany(40);
		assertThat(this.batches).hasSize(1);
		this.commits.getFirst().tryEmitEmpty();
		assertThat(this.batches).extracting(List::size).containsExactly(1, 40);
	}

	@Test
	void batchSizeIsBounded() {
		appendMany(1 + GroupCommit.MAX_BATCH_SIZE + 1);
		this.commits.getFirst().tryEmitEmpty();
		this.commits.getLast().tryEmitEmpty();
		assertThat(this.batches).extracting(List::size).containsExactly(1, GroupCommit.MAX_BATCH_SIZE, 1);
	}

	@Test
	void eventsOfBatchAreBounded() {
		appendMany(1);
		List<NewEvent> events = Collections.nCopies(GroupCommit.MAX_BATCH_EVENTS / 2, event());
		for (int number = 0; number < 3; number++) {
			this.group
				.append(Append.of(EventLogTestSupport.newStream(), 0, events, List.of(), null,
						EventLogTestSupport.TYPES))
				.subscribe((_) -> {
				}, (_) -> {
				});
		}
		this.commits.getFirst().tryEmitEmpty();
		this.commits.getLast().tryEmitEmpty();
		assertThat(this.batches).extracting(List::size).containsExactly(1, 2, 1);
	}

	@Test
	void keysOfOneAppendMustDiffer() {
		IdempotencyRecord idempotencyRecord = new IdempotencyRecord("ada", "key", "hash", null);
		List<AppendedCommand> commands = List.of(new AppendedCommand(idempotencyRecord, 1, 1),
				new AppendedCommand(idempotencyRecord, 2, 1));
		assertThatIllegalArgumentException().isThrownBy(
				() -> Append.of("stream", 0, List.of(event(), event()), commands, null, EventLogTestSupport.TYPES));
	}

	@Test
	void fullQueueRejectsAppendUntilABatchIsCommitted() {
		appendMany(1 + GroupCommit.MAX_QUEUED);
		StepVerifier.create(this.group.append(append())).expectError(AppendQueueFullException.class).verify(HANG_LIMIT);
		this.commits.getFirst().tryEmitEmpty();
		StepVerifier.create(this.group.append(append()))
			.then(this::commitAll)
			.expectNextCount(1)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void appendsOfOneStreamAreInDifferentBatches() {
		appendMany(1);
		for (String stream : List.of("first", "second", "first", "third")) {
			this.group.append(append(stream, null)).subscribe();
		}
		commitAll();
		assertThat(this.batches).extracting(List::size).containsExactly(1, 2, 2);
	}

	@Test
	void commandsWithOneKeyAreInDifferentBatches() {
		appendMany(1);
		for (String key : List.of("first", "second", "first")) {
			IdempotencyRecord idempotencyRecord = new IdempotencyRecord("ada", key, "any", null);
			this.group.append(append(EventLogTestSupport.newStream(), idempotencyRecord)).subscribe();
		}
		commitAll();
		assertThat(this.batches).extracting(List::size).containsExactly(1, 2, 1);
	}

	@Test
	void resultsReturnToTheThreadsOfTheirCallersInOneTaskEach() {
		List<Runnable> tasks = new ArrayList<>();
		GroupCommit returning = new GroupCommit("commands", this::commit, this.registry, () -> tasks::add);
		returning.start();
		List<Integer> results = new ArrayList<>();
		for (int number = 0; number < 3; number++) {
			returning.append(append()).subscribe((result) -> results.add(result.events().size()));
		}
		commitAll();
		returning.stop();
		assertThat(results).isEmpty();
		assertThat(tasks).hasSize(3);
		tasks.forEach(Runnable::run);
		assertThat(results).containsExactly(1, 1, 1);
	}

	@Test
	void failedBatchFailsItsAppendsAndNextBatchIsCommitted() {
		Mono<AppendResult> first = subscribedAppend();
		appendMany(1);
		this.commits.getFirst().tryEmitError(new IllegalStateException("The connection is lost"));
		StepVerifier.create(first).expectError(IllegalStateException.class).verify(HANG_LIMIT);
		assertThat(this.batches).hasSize(2);
	}

	@Test
	void cancelledAppendIsStillCommitted() {
		appendMany(1);
		Disposable cancelled = this.group.append(append()).subscribe();
		Mono<AppendResult> kept = subscribedAppend();
		cancelled.dispose();
		commitAll();
		StepVerifier.create(kept).expectNextCount(1).expectComplete().verify(HANG_LIMIT);
		assertThat(this.batches).extracting(List::size).containsExactly(1, 2);
	}

	@Test
	void stopFailsPendingAndQueuedAppends() {
		Mono<AppendResult> pending = subscribedAppend();
		Mono<AppendResult> queued = subscribedAppend();
		this.group.stop();
		StepVerifier.create(pending).expectError(CancellationException.class).verify(HANG_LIMIT);
		StepVerifier.create(queued).expectError(CancellationException.class).verify(HANG_LIMIT);
		StepVerifier.create(this.group.append(append())).expectError(AppendQueueFullException.class).verify(HANG_LIMIT);
	}

	@Test
	void metersCountEventsPerBatchAndAppends() {
		appendMany(1);
		appendMany(30);
		commitAll();
		assertThat(this.registry.get(LogMeter.APPEND_BATCH.getName()).summary().max()).isEqualTo(30);
		assertThat(this.registry.get(LogMeter.APPEND_BATCH.getName()).summary().count()).isEqualTo(2);
		assertThat(this.registry.get(LogMeter.APPEND_DURATION.getName()).timer().count()).isEqualTo(31);
	}

	@Test
	void failuresAreCountedFromZeroByReason() {
		assertThat(failures()).isEqualTo(Map.of("queue-full", 0.0, "timeout", 0.0, "error", 0.0));
		appendMany(1 + GroupCommit.MAX_QUEUED);
		StepVerifier.create(this.group.append(append())).expectError(AppendQueueFullException.class).verify(HANG_LIMIT);
		this.commits.get(0).tryEmitError(new IllegalStateException("The connection is lost"));
		this.commits.get(1).tryEmitError(new QueryTimeoutException("late", new R2dbcTimeoutException()));
		assertThat(failures())
			.isEqualTo(Map.of("queue-full", 1.0, "timeout", (double) GroupCommit.MAX_BATCH_SIZE, "error", 1.0));
		assertThat(this.registry.get(LogMeter.APPEND_BATCH.getName()).summary().count()).isZero();
	}

	@Test
	void onlyWhatTheDatabaseRefusesIsAFailure() {
		this.outcome = (_) -> new Rejected(new VersionConflictException("stream", 0));
		appendMany(1);
		commitAll();
		assertThat(failures()).containsEntry("error", 0.0);
		this.outcome = (_) -> new Rejected(new DataIntegrityViolationException("too long"));
		appendMany(1);
		commitAll();
		assertThat(failures()).containsEntry("error", 1.0);
	}

	@Test
	void queueIsShownBesideItsLimit() {
		appendMany(1 + 30);
		assertThat(this.registry.get(LogMeter.APPEND_QUEUE.getName()).tag("queue", "commands").gauge().value())
			.isEqualTo(30);
		assertThat(this.registry.get(LogMeter.APPEND_QUEUE_LIMIT.getName()).tag("queue", "commands").gauge().value())
			.isEqualTo(GroupCommit.MAX_QUEUED);
	}

	private Map<String, Double> failures() {
		return this.registry.get(LogMeter.APPEND_FAILURES.getName())
			.counters()
			.stream()
			.collect(Collectors.toMap((counter) -> String.valueOf(counter.getId().getTag("reason")), Counter::count));
	}

	private Mono<List<AppendOutcome>> commit(List<Append> batch) {
		Sinks.Empty<Void> committed = Sinks.empty();
		this.batches.add(batch);
		this.commits.add(committed);
		return committed.asMono().thenReturn(batch.stream().map(this.outcome).toList());
	}

	private void commitAll() {
		for (int at = 0; at < this.commits.size(); at++) {
			this.commits.get(at).tryEmitEmpty();
		}
	}

	private void appendMany(int count) {
		for (int number = 0; number < count; number++) {
			subscribedAppend();
		}
	}

	private Mono<AppendResult> subscribedAppend() {
		Mono<AppendResult> result = this.group.append(append()).cache();
		result.subscribe((_) -> {
		}, (_) -> {
		});
		return result;
	}

	private static Append append() {
		return append(EventLogTestSupport.newStream(), null);
	}

	private static Append append(String stream, @Nullable IdempotencyRecord idempotencyRecord) {
		NewEvent event = event();
		return Append.of(stream, 0, List.of(event), AppendedCommand.only(idempotencyRecord, List.of(event)), null,
				EventLogTestSupport.TYPES);
	}

	private static NewEvent event() {
		return new NewEvent("ada", "book", Instant.EPOCH, new EventLogTestSupport.NotedEvent("text"));
	}

}
