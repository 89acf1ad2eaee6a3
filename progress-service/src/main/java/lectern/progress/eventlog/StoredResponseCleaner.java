package lectern.progress.eventlog;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Deletes expired idempotency records, in small batches. */
@Component
final class StoredResponseCleaner implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(StoredResponseCleaner.class);

	private static final Duration INTERVAL = Duration.ofHours(1);

	private static final int BATCH_SIZE = 1000;

	private final DatabaseClient database;

	private volatile @Nullable Disposable subscription;

	StoredResponseCleaner(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Delete all expired records.
	 * @return cold; the number of deleted records
	 */
	Mono<Long> deleteExpired() {
		return deleteBatch().repeat().takeUntil((count) -> count < BATCH_SIZE).reduce(0L, Long::sum);
	}

	/** Skips records that another node is deleting. */
	private Mono<Long> deleteBatch() {
		return this.database.sql("""
				delete from idempotency_record where (reader, key) in (
				    select reader, key from idempotency_record where expires_at < clock_timestamp()
				    order by expires_at limit :batch for update skip locked)
				""").bind("batch", BATCH_SIZE).fetch().rowsUpdated();
	}

	/** Random, so that the nodes do not delete at the same time. */
	private static Mono<Long> randomDelay() {
		return Mono
			.defer(() -> Mono.delay(INTERVAL.dividedBy(2).plusSeconds(ThreadLocalRandom.current().nextLong(1800))));
	}

	@Override
	public void start() {
		this.subscription = randomDelay().then(deleteExpired())
			.doOnError(
					(failure) -> logger.warn("Expired idempotency records were not deleted: {}", failure.getMessage()))
			.onErrorComplete()
			.repeat()
			.subscribe((_) -> {
			}, (failure) -> logger.error("Expired idempotency records are no longer deleted", failure));
	}

	@Override
	public void stop() {
		Disposable stopped = this.subscription;
		if (stopped != null) {
			stopped.dispose();
			this.subscription = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.subscription != null;
	}

}
