package lectern.web;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;

/**
 * Loads the keys at the start and every few minutes, so that retired ones are not
 * accepted for ever, and keeps them on disk.
 */
class TokenKeyRefresher implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(TokenKeyRefresher.class);

	private static final int INTERVAL_SECONDS = 300;

	private final TokenKeys keys;

	private final JwkSetFile file;

	private @Nullable Disposable subscription;

	TokenKeyRefresher(TokenKeys keys, JwkSetFile file) {
		this.keys = keys;
		this.file = file;
	}

	@Override
	public void start() {
		Mono<Void> restored = this.file.read().doOnNext(this.keys::restore).then();
		Mono<Void> refreshed = Mono.defer(this.keys::load).flatMap(this.file::write);
		this.subscription = restored
			.then(refreshed.then(Mono.defer(() -> Mono.delay(randomInterval())))
				.repeat()
				.doOnError((failure) -> logger.warn("The keys of tokens cannot be loaded, retrying: {}",
						failure.toString()))
				.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
					.maxBackoff(Duration.ofSeconds(5))
					.transientErrors(true))
				.then())
			.subscribe((_) -> {
			}, (failure) -> logger.error("The keys of tokens are no longer refreshed", failure));
	}

	private static Duration randomInterval() {
		return Duration.ofSeconds(INTERVAL_SECONDS / 2 + ThreadLocalRandom.current().nextInt(INTERVAL_SECONDS));
	}

	@Override
	public void stop() {
		if (this.subscription != null) {
			this.subscription.dispose();
			this.subscription = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.subscription != null;
	}

}
