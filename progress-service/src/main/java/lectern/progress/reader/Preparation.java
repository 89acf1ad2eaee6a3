package lectern.progress.reader;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Has the signing key and the account {@code admin} in place before the service says that
 * it is ready. Goes on trying while the database is away: nobody would start it again.
 */
@Component("readers")
class Preparation implements SmartLifecycle, HealthIndicator {

	private static final Logger logger = LoggerFactory.getLogger(Preparation.class);

	private static final Duration ONE_TRY = Duration.ofSeconds(10);

	private final SigningKey key;

	private final AdminAccount admin;

	private volatile boolean prepared;

	private @Nullable Disposable preparing;

	Preparation(SigningKey key, AdminAccount admin) {
		this.key = key;
		this.admin = admin;
	}

	/** Up once everything is in place. */
	@Override
	public Health health() {
		return this.prepared ? Health.up().build() : Health.outOfService().build();
	}

	@Override
	public void start() {
		this.preparing = this.key.get()
			.then(Mono.defer(this.admin::provide))
			.timeout(ONE_TRY)
			.doOnError((failure) -> logger.warn("Key and accounts are not ready yet: {}", failure.getMessage()))
			.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5)))
			.subscribe((_) -> {
			}, (failure) -> logger.error("Key and accounts cannot be made ready", failure), () -> this.prepared = true);
	}

	@Override
	public void stop() {
		if (this.preparing != null) {
			this.preparing.dispose();
			this.preparing = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.preparing != null;
	}

}
