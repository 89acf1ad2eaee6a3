package lectern.progress.eventlog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Appends canaries and removes old ones, so that they do not make the log grow (ADR 38).
 */
@Repository
public class CanaryLog {

	/**
	 * All who follow the log have passed an event by then, and a stream that was
	 * interrupted still gets those that it has missed.
	 */
	static final Duration RETENTION = Duration.ofMinutes(1);

	private final EventLog log;

	private final DatabaseClient database;

	CanaryLog(EventLog log, DatabaseClient database) {
		this.log = log;
		this.database = database;
	}

	/**
	 * Append a canary in the way of any other event. Each has a stream of its own, so
	 * that processes need not know of each other.
	 * @param process the process that appends it
	 * @param now the time by the clock of the process
	 * @return cold; fails as any append
	 */
	public Mono<AppendResult> append(String process, Instant now) {
		return Mono.defer(() -> this.log.append(CanaryEvent.TYPE + "-" + UUID.randomUUID(), 0,
				List.of(new NewEvent(CanaryEvent.READER, null, now, new CanaryEvent(process)))));
	}

	/**
	 * Remove the old canaries of all processes. The last event of the log is never
	 * removed, so that everybody can reach the head.
	 * @return cold; the number of removed events
	 */
	public Mono<Long> removeOld() {
		return this.database.sql("""
				delete from event using log_head
				where event.reader = :reader and event.received_at < log_head.received_at - make_interval(secs => :age)
				    and event.position < log_head.position
				""")
			.bind("reader", CanaryEvent.READER)
			.bind("age", (double) RETENTION.toSeconds())
			.fetch()
			.rowsUpdated();
	}

}
