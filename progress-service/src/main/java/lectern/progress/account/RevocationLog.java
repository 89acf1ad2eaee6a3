package lectern.progress.account;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

import lectern.streaming.log.BackgroundLoop;
import lectern.streaming.log.ChangeSignal;
import lectern.web.RevokedSessions;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import static lectern.web.Columns.required;

/**
 * Follows the revocations in the database, which every node writes, and holds those that
 * still matter. It reads them once a second at most: the sessions end within seconds
 * either way, and a session that this node ends is revoked here at once.
 */
@Component
class RevocationLog extends BackgroundLoop {

	/**
	 * How long a revocation matters: a token that was issued just before it is valid for
	 * so long, with a minute for clocks that differ.
	 */
	static final Duration RETENTION = TokenEncoder.LIFETIME.plusMinutes(1);

	/** Everything that is written to the log is a change, too. */
	private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

	private final DatabaseClient database;

	private final RevokedSessions revokedSessions;

	private final ChangeSignal changes;

	private final NavigableMap<Long, Revocation> latest = new ConcurrentSkipListMap<>();

	private volatile long position;

	RevocationLog(DatabaseClient database, RevokedSessions revokedSessions, ChangeSignal changes) {
		super("Ended sessions are not learned of");
		this.database = database;
		this.revokedSessions = revokedSessions;
		this.changes = changes;
	}

	@Override
	protected Publisher<?> step() {
		Mono<Void> changed = this.changes.next();
		return Flux.concat(readNew(), Mono.delay(MIN_INTERVAL).then(changed));
	}

	/** Add what is new in the log; emits how many there were. */
	private Mono<Integer> readNew() {
		return this.database.sql("""
				select position, session, revoked_at from revocation where position > :position order by position
				""")
			.bind("position", this.position)
			.map((row) -> Map.entry(required(row, "position", Long.class),
					new Revocation(required(row, "session", UUID.class).toString(),
							required(row, "revoked_at", OffsetDateTime.class).toInstant().plus(RETENTION))))
			.all()
			.collectList()
			.map((added) -> {
				added.forEach((entry) -> this.latest.put(entry.getKey(), entry.getValue()));
				this.revokedSessions.add(added.stream()
					.map(Map.Entry::getValue)
					.collect(Collectors.toMap(Revocation::session, Revocation::expiry)));
				added.forEach((entry) -> this.position = entry.getKey());
				this.revokedSessions.markComplete();
				removeExpired(Instant.now());
				return added.size();
			});
	}

	private void removeExpired(Instant now) {
		Map.Entry<Long, Revocation> oldest = this.latest.firstEntry();
		while (oldest != null && oldest.getValue().expiry().isBefore(now)) {
			this.latest.pollFirstEntry();
			oldest = this.latest.firstEntry();
		}
	}

	/** Whether the log was read to its end at least once. */
	boolean isComplete() {
		return this.revokedSessions.isComplete();
	}

	/**
	 * Return the next revocations, by their positions.
	 * @param after the position before the first
	 */
	NavigableMap<Long, Revocation> after(long after, int limit) {
		NavigableMap<Long, Revocation> next = new TreeMap<>();
		for (Map.Entry<Long, Revocation> entry : this.latest.tailMap(after, false).entrySet()) {
			if (next.size() == limit) {
				break;
			}
			next.put(entry.getKey(), entry.getValue());
		}
		return next;
	}

	/**
	 * Delete revocations that no longer matter; cold; emits the number.
	 */
	Mono<Long> deleteExpired() {
		return this.database.sql("delete from revocation where revoked_at < clock_timestamp() - :retention::interval")
			.bind("retention", RETENTION.toString())
			.fetch()
			.rowsUpdated();
	}

	/**
	 * The end of a session.
	 *
	 * @param expiry from when no token of the session can be valid any more
	 */
	record Revocation(String session, Instant expiry) {

	}

}
