package lectern.streaming.log;

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
public abstract class BackgroundLoop implements SmartLifecycle {

	private static final Duration MIN_BACKOFF = Duration.ofMillis(100);

	private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

	private final Logger logger = LoggerFactory.getLogger(getClass());

	private final String failureMessage;

	private @Nullable Disposable subscription;

	/**
	 * @param complaint what is not so while a step fails, as the beginning of a sentence
	 * that ends with "for the moment"
	 */
	protected BackgroundLoop(String complaint) {
		this.failureMessage = complaint;
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
		this.subscription = Flux.defer(this::step)
			.repeat()
			.retryWhen(Retry.backoff(Long.MAX_VALUE, MIN_BACKOFF)
				.maxBackoff(MAX_BACKOFF)
				.transientErrors(true)
				.doBeforeRetry((signal) -> this.logger.warn("{} for the moment: {}", this.failureMessage,
						signal.failure().getMessage())))
			.subscribe();
	}

	@Override
	public final void stop() {
		if (this.subscription != null) {
			this.subscription.dispose();
			this.subscription = null;
		}
	}

	@Override
	public final boolean isRunning() {
		return this.subscription != null;
	}

}
