package lectern.catalog.importing;

import java.time.Duration;

import lectern.streaming.log.BackgroundLoop;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Tells the other processes which imports this one runs, and marks those of processes
 * that have ended as failed. All times are those of the database, so that clocks of
 * several machines are never compared.
 */
@Component
class ImportHeartbeat extends BackgroundLoop {

	/**
	 * After this time without a heartbeat, the process of an import is presumed dead.
	 */
	static final Duration TIMEOUT = Duration.ofSeconds(15);

	private static final Logger logger = LoggerFactory.getLogger(ImportHeartbeat.class);

	private static final Duration INTERVAL = TIMEOUT.dividedBy(5);

	private final DatabaseClient database;

	private final ImportOwner owner;

	ImportHeartbeat(DatabaseClient database, ImportOwner owner) {
		super("The running imports are not observed");
		this.database = database;
		this.owner = owner;
	}

	@Override
	protected Publisher<?> step() {
		return beat().then(failAbandoned()).doOnNext(ImportHeartbeat::log).then(Mono.delay(INTERVAL));
	}

	/** Report that the imports of this process are running. */
	Mono<Void> beat() {
		return this.database.sql("""
				update import set heartbeat_at = clock_timestamp() where state = 'running' and owner = :owner
				""").bind("owner", this.owner.id()).then();
	}

	/**
	 * Mark the running imports of other processes as failed that were not heard of in
	 * time. An import of an earlier release counts from its start.
	 * @return cold; emits their number
	 */
	Mono<Long> failAbandoned() {
		return this.database.sql("""
				update import set state = 'failed', ended_at = clock_timestamp()
				where state = 'running' and owner is distinct from :owner
				    and coalesce(heartbeat_at, started_at) < clock_timestamp() - make_interval(secs => :timeout)
				""").bind("owner", this.owner.id()).bind("timeout", (double) TIMEOUT.toSeconds()).fetch().rowsUpdated();
	}

	private static void log(long count) {
		if (count > 0) {
			logger.warn("Marked {} interrupted imports as failed", count);
		}
	}

}
