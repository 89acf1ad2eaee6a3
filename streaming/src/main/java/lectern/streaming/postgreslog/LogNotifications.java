package lectern.streaming.postgreslog;

import java.time.Duration;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;

/**
 * Tells when the log may have grown: PostgreSQL's {@code NOTIFY} on a connection of its
 * own, and a slow timer for what a broken connection did not say. A wake-up carries
 * nothing; whoever is woken reads the log.
 */
public final class LogNotifications implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(LogNotifications.class);

	private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

	private final ConnectionFactory connections;

	private final ChangeNotifier changes = new ChangeNotifier();

	private @Nullable Disposable subscription;

	/**
	 * @param connections to PostgreSQL; if it is a pool, the one connection that is kept
	 * is taken from beneath it
	 */
	public LogNotifications(ConnectionFactory connections) {
		this.connections = (connections instanceof Wrapped<?> pool
				&& pool.unwrap() instanceof ConnectionFactory beneath) ? beneath : connections;
	}

	/**
	 * The next wake-up after this call. Take it before reading the log: then a commit
	 * that the read just missed completes it.
	 * @return hot; completes within a second, never fails
	 */
	public Mono<Void> next() {
		return this.changes.nextChange().timeout(POLL_INTERVAL, Mono.empty());
	}

	private Flux<?> listen() {
		return Flux.usingWhen(Mono.from(this.connections.create()).cast(PostgresqlConnection.class),
				(connection) -> connection.createStatement("listen " + PostgresLogHead.CHANNEL)
					.execute()
					.flatMap((result) -> result.getRowsUpdated())
					.thenMany(Flux.defer(() -> {
						// Whatever was committed before we listened woke nobody.
						this.changes.notifyChange();
						return connection.getNotifications().doOnNext((_) -> this.changes.notifyChange());
					})),
				PostgresqlConnection::close);
	}

	@Override
	public void start() {
		this.subscription = Flux.defer(this::listen)
			.repeat()
			.doOnError((failure) -> logger.warn("Not listening to the log for the moment: {}", failure.getMessage()))
			.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
				.maxBackoff(Duration.ofSeconds(5))
				.transientErrors(true))
			.subscribe();
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
