package lectern.progress.eventlog;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import lectern.progress.eventlog.AppendOutcome.Committed;
import lectern.progress.eventlog.AppendOutcome.Rejected;
import lectern.streaming.postgreslog.LogMeter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Commits appends in groups: the appends that arrive while a batch is being committed
 * form the next batch. An append that arrives while no commit is running is committed at
 * once. ADR 8 has the reasons.
 */
@Component
final class GroupCommit implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(GroupCommit.class);

	/** Few enough that the head of the log is locked only for a short time. */
	static final int MAX_BATCH_SIZE = 256;

	/** About as many as are committed in a second; clients do not wait much longer. */
	static final int MAX_QUEUED = 4096;

	/** Longer than the timeouts of the connection pool and of PostgreSQL. */
	private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(12);

	private final AppendBatchWriter writer;

	private final Queue<QueuedAppend> queue = new ArrayDeque<>();

	private final Timer duration;

	private final DistributionSummary batchSize;

	private volatile Sinks.Empty<Void> appendQueued = Sinks.empty();

	private volatile @Nullable Disposable commitLoop;

	GroupCommit(AppendBatchWriter writer, MeterRegistry registry) {
		this.writer = writer;
		this.duration = Timer.builder(LogMeter.APPEND_DURATION.getName())
			.publishPercentileHistogram()
			.register(registry);
		this.batchSize = DistributionSummary.builder(LogMeter.APPEND_BATCH.getName()).register(registry);
	}

	/**
	 * Append events.
	 * @return cold; the result after the commit, or the reason of a rejection as an
	 * error. Cancellation does not stop the append; only its result is dropped
	 */
	Mono<AppendResult> append(Append append) {
		return Mono.defer(() -> {
			QueuedAppend queued = new QueuedAppend(append, Sinks.one(), Timer.start());
			Sinks.Empty<Void> signal = enqueue(queued);
			signal.tryEmitEmpty();
			// On other threads, so that the subscribers do not delay the next batch.
			return queued.result().asMono().publishOn(Schedulers.parallel());
		});
	}

	private synchronized Sinks.Empty<Void> enqueue(QueuedAppend queued) {
		if (this.queue.size() == MAX_QUEUED || this.commitLoop == null) {
			throw new AppendQueueFullException();
		}
		this.queue.add(queued);
		return this.appendQueued;
	}

	/** Take the next batch; empty if no append is queued. */
	private synchronized List<QueuedAppend> dequeueBatch() {
		List<QueuedAppend> next = new ArrayList<>();
		while (next.size() < MAX_BATCH_SIZE && !this.queue.isEmpty()) {
			next.add(this.queue.remove());
		}
		if (next.isEmpty()) {
			this.appendQueued = Sinks.empty();
		}
		return next;
	}

	private Mono<Void> commitNextBatch() {
		List<QueuedAppend> next = dequeueBatch();
		return next.isEmpty() ? this.appendQueued.asMono() : commit(next);
	}

	/** Never fails: the subscribers of the appends receive the error. */
	private Mono<Void> commit(List<QueuedAppend> batch) {
		return Mono.defer(() -> this.writer.commit(batch.stream().map(QueuedAppend::append).toList()))
			.timeout(COMMIT_TIMEOUT)
			.doOnNext((outcomes) -> complete(batch, outcomes))
			.doOnError((failure) -> batch.forEach((queued) -> queued.result().tryEmitError(failure)))
			.doOnCancel(() -> batch.forEach(QueuedAppend::failOnShutdown))
			.onErrorComplete()
			.then();
	}

	private void complete(List<QueuedAppend> batch, List<AppendOutcome> outcomes) {
		this.batchSize.record(outcomes.stream()
			.mapToInt((outcome) -> (outcome instanceof Committed committed) ? committed.result().events().size() : 0)
			.sum());
		for (int index = 0; index < batch.size(); index++) {
			QueuedAppend queued = batch.get(index);
			switch (outcomes.get(index)) {
				case Committed committed -> {
					queued.timer().stop(this.duration);
					queued.result().tryEmitValue(committed.result());
				}
				case Rejected rejected -> queued.result().tryEmitError(rejected.reason());
			}
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

	/**
	 * An append that is queued or being committed.
	 *
	 * @param timer measures the time since the append was queued
	 */
	private record QueuedAppend(Append append, Sinks.One<AppendResult> result, Timer.Sample timer) {

		void failOnShutdown() {
			this.result.tryEmitError(new CancellationException("The service is stopping"));
		}

	}

}
