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
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Gathers the appends that are asked for while others are being committed, and has them
 * committed together next. While nothing is under way nobody waits; ADR 8 has the why.
 */
@Component
final class GroupCommit implements SmartLifecycle {

	/** Few enough that the head of the log is not held for long. */
	static final int MAX_BATCH_SIZE = 256;

	/**
	 * What is committed in about a second; more would be answered too late for anybody.
	 */
	static final int MAX_QUEUED = 4096;

	/** Longer than the pool and PostgreSQL take to give up by themselves. */
	private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(12);

	private final AppendBatchWriter writer;

	private final Queue<QueuedAppend> queue = new ArrayDeque<>();

	private final Timer duration;

	private final DistributionSummary batchSize;

	private volatile Sinks.Empty<Void> appendQueued = Sinks.empty();

	private volatile @Nullable Disposable commitLoop;

	GroupCommit(AppendBatchWriter appends, MeterRegistry registry) {
		this.writer = appends;
		this.duration = Timer.builder(LogMeter.APPEND_DURATION.meterName())
			.publishPercentileHistogram()
			.register(registry);
		this.batchSize = DistributionSummary.builder(LogMeter.APPEND_BATCH.meterName()).register(registry);
	}

	/**
	 * Have something appended.
	 * @return cold; what was appended, after the commit; fails with why it was not. To
	 * cancel it is to look away
	 */
	Mono<AppendResult> append(Append append) {
		return Mono.defer(() -> {
			QueuedAppend waiting = new QueuedAppend(append, Sinks.one(), Timer.start());
			Sinks.Empty<Void> waker = enqueue(waiting);
			waker.tryEmitEmpty();
			// On other threads, so that the next batch does not wait for these answers.
			return waiting.result().asMono().publishOn(Schedulers.parallel());
		});
	}

	private synchronized Sinks.Empty<Void> enqueue(QueuedAppend waiting) {
		if (this.queue.size() == MAX_QUEUED || this.commitLoop == null) {
			throw new AppendQueueFullException();
		}
		this.queue.add(waiting);
		return this.appendQueued;
	}

	/** The next batch, which is empty when nobody waits. */
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

	/** Never fails: whatever goes wrong is told to those who wait for it. */
	private Mono<Void> commit(List<QueuedAppend> batch) {
		return Mono.defer(() -> this.writer.commit(batch.stream().map(QueuedAppend::append).toList()))
			.timeout(COMMIT_TIMEOUT)
			.doOnNext((verdicts) -> complete(batch, verdicts))
			.doOnError((failure) -> batch.forEach((waiting) -> waiting.result().tryEmitError(failure)))
			.doOnCancel(() -> batch.forEach(QueuedAppend::failOnShutdown))
			.onErrorComplete()
			.then();
	}

	private void complete(List<QueuedAppend> batch, List<AppendOutcome> verdicts) {
		this.batchSize.record(verdicts.stream()
			.mapToInt((verdict) -> (verdict instanceof Committed won) ? won.result().events().size() : 0)
			.sum());
		for (int index = 0; index < batch.size(); index++) {
			QueuedAppend waiting = batch.get(index);
			switch (verdicts.get(index)) {
				case Committed won -> {
					waiting.timer().stop(this.duration);
					waiting.result().tryEmitValue(won.result());
				}
				case Rejected lost -> waiting.result().tryEmitError(lost.reason());
			}
		}
	}

	@Override
	public void start() {
		this.commitLoop = Mono.defer(this::commitNextBatch).repeat().subscribe();
	}

	@Override
	public void stop() {
		Disposable stopped = this.commitLoop;
		if (stopped != null) {
			this.commitLoop = null;
			stopped.dispose();
			for (List<QueuedAppend> left = dequeueBatch(); !left.isEmpty(); left = dequeueBatch()) {
				left.forEach(QueuedAppend::failOnShutdown);
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.commitLoop != null;
	}

	/** From before the first request until after the last. */
	@Override
	public int getPhase() {
		return 1;
	}

	/**
	 * One who waits.
	 *
	 * @param timer when it began
	 */
	private record QueuedAppend(Append append, Sinks.One<AppendResult> result, Timer.Sample timer) {

		void failOnShutdown() {
			this.result.tryEmitError(new CancellationException("The service stops"));
		}

	}

}
