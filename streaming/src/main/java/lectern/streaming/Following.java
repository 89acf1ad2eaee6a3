package lectern.streaming;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;

/**
 * Work that is done step after step for as long as the service runs, since what it keeps
 * is wrong for ever once it stops. A step that fails is told of and tried again after a
 * while of up to some five seconds.
 */
public abstract class Following implements SmartLifecycle {

	private static final Duration SOONEST = Duration.ofMillis(100);

	private static final Duration LATEST = Duration.ofSeconds(5);

	private final Logger logger = LoggerFactory.getLogger(getClass());

	private final String complaint;

	private @Nullable Disposable running;

	/**
	 * @param complaint what is not so while a step fails, as the beginning of a sentence
	 * that ends with "for the moment"
	 */
	protected Following(String complaint) {
		this.complaint = complaint;
	}

	/**
	 * One step, from wherever the last one led to.
	 * @return cold; completes when the next step can be made, with a wait in it if there
	 * is nothing to do. Whatever it emits says that it succeeds: the next failure is the
	 * first again
	 */
	protected abstract Publisher<?> step();

	@Override
	public final void start() {
		this.running = Flux.defer(this::step)
			.repeat()
			.retryWhen(Retry.backoff(Long.MAX_VALUE, SOONEST)
				.maxBackoff(LATEST)
				.transientErrors(true)
				.doBeforeRetry((signal) -> this.logger.warn("{} for the moment: {}", this.complaint,
						signal.failure().getMessage())))
			.subscribe();
	}

	@Override
	public final void stop() {
		if (this.running != null) {
			this.running.dispose();
			this.running = null;
		}
	}

	@Override
	public final boolean isRunning() {
		return this.running != null;
	}

}
