package lectern.progress.eventlog;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import lectern.progress.eventlog.AppendOutcome.Committed;
import lectern.progress.eventlog.AppendOutcome.Failed;
import lectern.progress.eventlog.AppendOutcome.Rejected;
import lectern.streaming.postgreslog.AppendMeters;
import lectern.web.tracing.SampledSpans;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Commits appends in groups: the appends that arrive while a batch is being committed
 * form the next batch. An append that arrives while no commit is running is committed at
 * once. ADR 8 has the reasons.
 */
final class GroupCommit implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(GroupCommit.class);

	/** Few enough that the head of the log is locked only for a short time. */
	static final int MAX_BATCH_SIZE = 256;

	/**
	 * The same, for appends with many events: no more are added to a batch with these.
	 */
	static final int MAX_BATCH_EVENTS = 512;

	/** About as many as are committed in a second; clients do not wait much longer. */
	static final int MAX_QUEUED = 4096;

	/** Longer than the timeouts of the connection pool and of PostgreSQL. */
	private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(12);

	private final AppendBatchWriter writer;

	private final Queue<QueuedAppend> queue = new ArrayDeque<>();

	private final AppendMeters meters;

	private final Supplier<Executor> callerExecutor;

	private @Nullable MonoSink<Void> idleLoop;

	private volatile @Nullable Disposable commitLoop;

	/**
	 * @param name of the queue, for its meters
	 * @param callerExecutor returns an executor on the threads of its caller, to which
	 * the results return
	 */
	GroupCommit(String name, AppendBatchWriter writer, MeterRegistry registry, Supplier<Executor> callerExecutor) {
		this.writer = writer;
		this.callerExecutor = callerExecutor;
		this.meters = new AppendMeters(registry);
		this.meters.queue(name, this::queued, MAX_QUEUED);
	}

	/**
	 * Append events.
	 * @return cold; the result after the commit, or the reason of a rejection as an
	 * error. Cancellation does not stop the append; only its result is dropped
	 */
	Mono<AppendResult> append(Append append) {
		return Mono.create((result) -> {
			MonoSink<Void> idle = enqueue(new QueuedAppend(append, result, this.callerExecutor.get(), Timer.start()));
			if (idle != null) {
				idle.success();
			}
		});
	}

	/** Return the commit loop if it waits for an append. */
	private synchronized @Nullable MonoSink<Void> enqueue(QueuedAppend queued) {
		if (this.queue.size() == MAX_QUEUED) {
			this.meters.queueFull();
			throw new AppendQueueFullException();
		}
		if (this.commitLoop == null) {
			throw new AppendQueueFullException();
		}
		this.queue.add(queued);
		MonoSink<Void> idle = this.idleLoop;
		this.idleLoop = null;
		return idle;
	}

	private synchronized int queued() {
		return this.queue.size();
	}

	/** Complete when an append is queued. */
	private synchronized void awaitAppend(MonoSink<Void> sink) {
		if (this.queue.isEmpty()) {
			this.idleLoop = sink;
		}
		else {
			sink.success();
		}
	}

	/**
	 * Take the next batch; empty if no append is queued. No two appends of a batch have
	 * the same stream or key, so that the database can decide on all of them at once.
	 */
	private synchronized List<QueuedAppend> dequeueBatch() {
		List<QueuedAppend> next = new ArrayList<>(Math.min(MAX_BATCH_SIZE, this.queue.size()));
		Set<Object> streamsAndKeys = new HashSet<>();
		int events = 0;
		for (QueuedAppend queued = this.queue.peek(); queued != null && next.size() < MAX_BATCH_SIZE
				&& events < MAX_BATCH_EVENTS && queued.isIndependentOf(streamsAndKeys); queued = this.queue.peek()) {
			next.add(this.queue.remove());
			events += queued.append().events().size();
		}
		return next;
	}

	private Mono<Void> commitNextBatch() {
		List<QueuedAppend> next = dequeueBatch();
		return next.isEmpty() ? Mono.create(this::awaitAppend) : commit(next);
	}

	/** Never fails: the subscribers of the appends receive the error. */
	private Mono<Void> commit(List<QueuedAppend> batch) {
		return Mono.defer(() -> this.writer.commit(batch.stream().map(QueuedAppend::append).toList()))
			.timeout(COMMIT_TIMEOUT)
			.onErrorResume((failure) -> Mono.just(Collections.nCopies(batch.size(), new Failed(failure))))
			.doOnNext((outcomes) -> record(batch, outcomes))
			.doOnNext((outcomes) -> complete(batch, outcomes))
			.doOnCancel(() -> batch.forEach(QueuedAppend::failOnShutdown))
			.contextWrite((context) -> traced(context, batch))
			.then();
	}

	/** The statement of a batch belongs to the first of its appends that is traced. */
	private static Context traced(Context context, List<QueuedAppend> batch) {
		for (QueuedAppend queued : batch) {
			ContextView caller = queued.result().contextView();
			if (SampledSpans.isIn(caller)) {
				return SampledSpans.continued(context, caller);
			}
		}
		return context;
	}

	private void record(List<QueuedAppend> batch, List<AppendOutcome> outcomes) {
		int events = 0;
		for (int index = 0; index < batch.size(); index++) {
			switch (outcomes.get(index)) {
				case Committed committed -> {
					this.meters.committed(batch.get(index).timer());
					events += committed.result().events().size();
				}
				case Rejected(DataAccessException refusal) -> this.meters.failed(refusal);
				case Rejected _ -> {
				}
				case Failed failed -> this.meters.failed(failed.reason());
			}
		}
		if (events > 0) {
			this.meters.recordBatch(events);
		}
	}

	/**
	 * Return the results to the threads of the callers, with one task for each of these
	 * threads. They create the responses while the next batch is being committed.
	 */
	private static void complete(List<QueuedAppend> batch, List<AppendOutcome> outcomes) {
		Map<Executor, List<Runnable>> results = new IdentityHashMap<>();
		for (int index = 0; index < batch.size(); index++) {
			QueuedAppend queued = batch.get(index);
			AppendOutcome outcome = outcomes.get(index);
			results.computeIfAbsent(queued.executor(), (_) -> new ArrayList<>()).add(() -> queued.complete(outcome));
		}
		results.forEach((executor, group) -> execute(executor, () -> group.forEach(Runnable::run)));
	}

	private static void execute(Executor executor, Runnable task) {
		try {
			executor.execute(task);
		}
		catch (RejectedExecutionException _) {
			// The threads of the callers have stopped, and so have the clients.
			task.run();
		}
	}

	@Override
	public void start() {
		this.commitLoop = Mono.defer(this::commitNextBatch).repeat().subscribe((_) -> {
		}, (failure) -> logger.error("The commit loop has failed; nothing is appended until a restart", failure));
	}

	@Override
	public void stop() {
		Disposable stopped = this.commitLoop;
		if (stopped != null) {
			this.commitLoop = null;
			stopped.dispose();
			for (List<QueuedAppend> remaining = dequeueBatch(); !remaining.isEmpty(); remaining = dequeueBatch()) {
				remaining.forEach(QueuedAppend::failOnShutdown);
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.commitLoop != null;
	}

	/** Starts before the web server and stops after it. */
	@Override
	public int getPhase() {
		return 1;
	}

}
