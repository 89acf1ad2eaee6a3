package lectern.progress.log;

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

/** Forgets kept answers whose time is over, a few at a time. */
@Component
final class AnswerExpiry implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(AnswerExpiry.class);

	private static final Duration HOUR = Duration.ofHours(1);

	private static final int BATCH = 1000;

	private final DatabaseClient database;

	private volatile @Nullable Disposable running;

	AnswerExpiry(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Forget all whose time is over.
	 * @return cold; how many they were
	 */
	Mono<Long> forget() {
		return forgetSome().repeat().takeUntil((count) -> count < BATCH).reduce(0L, Long::sum);
	}

	/** Passes over what another node is forgetting. */
	private Mono<Long> forgetSome() {
		return this.database.sql("""
				delete from command where (reader, key) in (
				    select reader, key from command where kept_until < clock_timestamp()
				    order by kept_until limit :batch for update skip locked)
				""").bind("batch", BATCH).fetch().rowsUpdated();
	}

	/** Drawn each time, so that nodes do not forget all at once. */
	private static Mono<Long> pause() {
		return Mono.defer(() -> Mono.delay(HOUR.dividedBy(2).plusSeconds(ThreadLocalRandom.current().nextLong(1800))));
	}

	@Override
	public void start() {
		this.running = pause().then(forget())
			.doOnError((failure) -> logger.warn("Old answers are kept for the moment: {}", failure.getMessage()))
			.onErrorComplete()
			.repeat()
			.subscribe();
	}

	@Override
	public void stop() {
		Disposable stopped = this.running;
		if (stopped != null) {
			stopped.dispose();
			this.running = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

}
