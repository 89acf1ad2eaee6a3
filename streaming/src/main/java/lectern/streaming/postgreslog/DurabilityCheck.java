package lectern.streaming.postgreslog;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;

import static lectern.web.Columns.required;

/**
 * Logs an error at start for each PostgreSQL setting with which acknowledged commits can
 * be lost.
 */
final class DurabilityCheck implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(DurabilityCheck.class);

	private final DatabaseClient database;

	private @Nullable Disposable subscription;

	DurabilityCheck(DatabaseClient database) {
		this.database = database;
	}

	/** The names of the durability settings that are off; cold. */
	Flux<String> disabledSettings() {
		return this.database.sql("""
				select name from pg_settings
				where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'
				order by name
				""").map((row) -> required(row, "name", String.class)).all();
	}

	@Override
	public void start() {
		this.subscription = disabledSettings().timeout(Duration.ofSeconds(10))
			.subscribe(
					(setting) -> logger.error(
							"PostgreSQL has {} off: acknowledged writes can be LOST in a crash. Turn it on.", setting),
					(failure) -> logger.warn("The durability settings of PostgreSQL could not be read: {}",
							failure.getMessage()));
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
