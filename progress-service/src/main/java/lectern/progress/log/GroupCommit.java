package lectern.progress.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import lectern.progress.log.Verdict.Lost;
import lectern.progress.log.Verdict.Won;
import lectern.streaming.postgres.LogMeter;

/**
 * Gathers the appends that are asked for while others are being committed, and has them
 * committed together next. While nothing is under way nobody waits; ADR 8 has the why.
 */
@Component
final class GroupCommit implements SmartLifecycle {

	/** Few enough that the head of the log is not held for long. */
	static final int BATCH = 256;

	/**
	 * What is committed in about a second; more would be answered too late for anybody.
	 */
	static final int WAITING = 4096;

	/** Longer than the pool and PostgreSQL take to give up by themselves. */
	private static final Duration LOST = Duration.ofSeconds(12);

	private final Appends appends;

	private final Queue<Waiting> queue = new ArrayDeque<>();

	private final Timer duration;

	private final DistributionSummary batch;

	private volatile Sinks.Empty<Void> added = Sinks.empty();

	private volatile @Nullable Disposable committing;

	GroupCommit(Appends appends, MeterRegistry registry) {
		this.appends = appends;
		this.duration = Timer.builder(LogMeter.APPEND_DURATION.meterName())
			.publishPercentileHistogram()
			.register(registry);
		this.batch = DistributionSummary.builder(LogMeter.APPEND_BATCH.meterName()).register(registry);
	}

	/**
	 * Have something appended.
	 * @return cold; what was appended, after the commit; fails with why it was not. To
	 * cancel it is to look away
	 */
	Mono<Appended> append(Append append) {
		return Mono.defer(() -> {
			Waiting waiting = new Waiting(append, Sinks.one(), Timer.start());
			Sinks.Empty<Void> waker = enter(waiting);
			waker.tryEmitEmpty();
			// On other threads, so that the next batch does not wait for these answers.
			return waiting.answer().asMono().publishOn(Schedulers.parallel());
		});
	}

	private synchronized Sinks.Empty<Void> enter(Waiting waiting) {
		if (this.queue.size() == WAITING || this.committing == null) {
			throw new LogBusy();
		}
		this.queue.add(waiting);
		return this.added;
	}

	/** The next batch, which is empty when nobody waits. */
	private synchronized List<Waiting> leave() {
		List<Waiting> next = new ArrayList<>();
		while (next.size() < BATCH && !this.queue.isEmpty()) {
			next.add(this.queue.remove());
		}
		if (next.isEmpty()) {
			this.added = Sinks.empty();
		}
		return next;
	}

	private Mono<Void> step() {
		List<Waiting> next = leave();
		return next.isEmpty() ? this.added.asMono() : commit(next);
	}

	/** Never fails: whatever goes wrong is told to those who wait for it. */
	private Mono<Void> commit(List<Waiting> batch) {
		return Mono.defer(() -> this.appends.commit(batch.stream().map(Waiting::append).toList()))
			.timeout(LOST)
			.doOnNext((verdicts) -> tell(batch, verdicts))
			.doOnError((failure) -> batch.forEach((waiting) -> waiting.answer().tryEmitError(failure)))
			.doOnCancel(() -> batch.forEach(Waiting::abandon))
			.onErrorComplete()
			.then();
	}

	private void tell(List<Waiting> batch, List<Verdict> verdicts) {
		this.batch.record(verdicts.stream()
			.mapToInt((verdict) -> (verdict instanceof Won won) ? won.appended().events().size() : 0)
			.sum());
		for (int index = 0; index < batch.size(); index++) {
			Waiting waiting = batch.get(index);
			switch (verdicts.get(index)) {
				case Won won -> {
					waiting.since().stop(this.duration);
					waiting.answer().tryEmitValue(won.appended());
				}
				case Lost lost -> waiting.answer().tryEmitError(lost.reason());
			}
		}
	}

	@Override
	public void start() {
		this.committing = Mono.defer(this::step).repeat().subscribe();
	}

	@Override
	public void stop() {
		Disposable stopped = this.committing;
		if (stopped != null) {
			this.committing = null;
			stopped.dispose();
			for (List<Waiting> left = leave(); !left.isEmpty(); left = leave()) {
				left.forEach(Waiting::abandon);
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.committing != null;
	}

	/** From before the first request until after the last. */
	@Override
	public int getPhase() {
		return 1;
	}

	/**
	 * One who waits.
	 *
	 * @param since when it began
	 */
	private record Waiting(Append append, Sinks.One<Appended> answer, Timer.Sample since) {

		void abandon() {
			this.answer.tryEmitError(new CancellationException("The service stops"));
		}

	}

}
