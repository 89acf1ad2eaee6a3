package lectern.progress.account;

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
 * Creates the signing key and the account {@code admin} before the service reports that
 * it is ready. Retries for as long as the database is unavailable, because nothing else
 * would start it again.
 */
@Component("startup")
class StartupInitializer implements SmartLifecycle, HealthIndicator {

	private static final Logger logger = LoggerFactory.getLogger(StartupInitializer.class);

	private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);

	private final SigningKeyStore keyStore;

	private final AdminAccountInitializer admin;

	private volatile boolean initialized;

	private @Nullable Disposable subscription;

	StartupInitializer(SigningKeyStore keyStore, AdminAccountInitializer admin) {
		this.keyStore = keyStore;
		this.admin = admin;
	}

	/** Report UP once the key and the account exist. */
	@Override
	public Health health() {
		return this.initialized ? Health.up().build() : Health.outOfService().build();
	}

	@Override
	public void start() {
		this.subscription = this.keyStore.get()
			.then(Mono.defer(this.admin::ensureExists))
			.timeout(ATTEMPT_TIMEOUT)
			.doOnError((failure) -> logger.warn("Signing key and admin account are not ready yet: {}",
					failure.getMessage()))
			.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5)))
			.subscribe((_) -> {
			}, (failure) -> logger.error("Cannot prepare the signing key and the admin account", failure),
					() -> this.initialized = true);
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
