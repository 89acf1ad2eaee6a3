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
 * Repeats a step for as long as the service runs. What the steps maintain would stay
 * outdated if the loop ended, so a failed step is logged and retried, with a backoff of
 * up to about five seconds.
 */
public abstract class BackgroundLoop implements SmartLifecycle {

	private static final Duration MIN_BACKOFF = Duration.ofMillis(100);

	private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

	private final Logger logger = LoggerFactory.getLogger(getClass());

	private final String failureMessage;

	private @Nullable Disposable subscription;

	/**
	 * @param failureMessage what does not happen while a step fails; the log line is this
	 * text, ", retrying: " and the cause
	 */
	protected BackgroundLoop(String failureMessage) {
		this.failureMessage = failureMessage;
	}

	/**
	 * One step; it continues where the last one ended.
	 * @return cold; completes when the next step may start, and waits before that if
	 * there is nothing to do. Any emitted element marks success and resets the backoff
	 */
	protected abstract Publisher<?> step();

	@Override
	public final void start() {
		this.subscription = Flux.defer(this::step)
			.repeat()
			.retryWhen(Retry.backoff(Long.MAX_VALUE, MIN_BACKOFF)
				.maxBackoff(MAX_BACKOFF)
				.transientErrors(true)
				.doBeforeRetry((signal) -> this.logger.warn("{}, retrying: {}", this.failureMessage,
						signal.failure().getMessage())))
			.subscribe((_) -> {
			}, (failure) -> this.logger.error("{}, and is not retried", this.failureMessage, failure));
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
