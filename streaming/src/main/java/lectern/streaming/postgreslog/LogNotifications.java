package lectern.streaming.postgreslog;

import java.io.IOException;
import java.time.Duration;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import lectern.streaming.log.ChangeSignal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;

/**
 * Signals that the log may have grown: by PostgreSQL's {@code NOTIFY} on a dedicated
 * connection. PostgreSQL answers on it after it has sent the notifications of all earlier
 * commits, so an answer each second shows that none is missing. Without that connection
 * there is a signal each second, and with it one now and then. The receiver of a signal
 * reads the log.
 */
public final class LogNotifications implements ChangeSignal, SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(LogNotifications.class);

	private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

	private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

	/** What is written without a notification waits for no longer than this. */
	private static final Duration LISTENING_POLL_INTERVAL = Duration.ofSeconds(5);

	/** The announced position if there may be commits whose positions are not known. */
	public static final long UNKNOWN = Long.MAX_VALUE;

	private final ConnectionFactory connectionFactory;

	private final RepeatableSignal changes = new RepeatableSignal();

	private volatile long announcedPosition = UNKNOWN;

	private volatile boolean listening;

	private @Nullable Disposable subscription;

	/**
	 * @param connectionFactory connects to PostgreSQL; of a pool and of a proxy only the
	 * factory behind it is used, because the one connection is kept open, and only that
	 * of PostgreSQL has notifications
	 */
	public LogNotifications(ConnectionFactory connectionFactory) {
		this.connectionFactory = unwrap(connectionFactory);
	}

	private static ConnectionFactory unwrap(ConnectionFactory factory) {
		return (factory instanceof Wrapped<?> wrapper && wrapper.unwrap() instanceof ConnectionFactory inner)
				? unwrap(inner) : factory;
	}

	/** {@inheritDoc} Completes within five seconds. */
	@Override
	public Mono<Void> next() {
		return this.changes.nextChange()
			.timeout(this.listening ? LISTENING_POLL_INTERVAL : POLL_INTERVAL, Mono.empty());
	}

	/**
	 * The position that the latest notification has announced: positions follow the order
	 * of commits, so there is no later event unless its notification is still to come. A
	 * little too high if the last batch had rejected appends.
	 * @return {@link #UNKNOWN} if a commit may not have been announced
	 */
	public long announcedPosition() {
		return this.announcedPosition;
	}

	private Flux<?> listen() {
		return Flux.usingWhen(Mono.from(this.connectionFactory.create()).cast(PostgresqlConnection.class),
				(connection) -> connection.createStatement("listen " + PostgresLogHead.CHANNEL)
					.execute()
					.flatMap((result) -> result.getRowsUpdated())
					.thenMany(Flux.defer(() -> {
						this.listening = true;
						// What was committed before LISTEN notified nobody.
						onNotification(null);
						return connection.getNotifications()
							.doOnNext((notification) -> onNotification(notification.getParameter()))
							.mergeWith(check(connection));
					})),
				PostgresqlConnection::close)
			.doFinally((_) -> {
				this.listening = false;
				onNotification(null);
			});
	}

	/** Never completes; fails if the server does not answer in time. */
	private static <T> Flux<T> check(PostgresqlConnection connection) {
		return connection.validate(ValidationDepth.REMOTE)
			.timeout(CHECK_TIMEOUT)
			.flatMap((valid) -> valid ? Mono.<T>empty()
					: Mono.error(new IOException("PostgreSQL does not answer on the connection for notifications")))
			.delaySubscription(CHECK_INTERVAL)
			.repeat();
	}

	/**
	 * @param content the announced position; null or another text if there is none
	 */
	private void onNotification(@Nullable String content) {
		this.announcedPosition = (content != null && content.matches("[0-9]{1,18}")) ? Long.parseLong(content)
				: UNKNOWN;
		this.changes.notifyChange();
	}

	@Override
	public void start() {
		this.subscription = Flux.defer(this::listen)
			.repeat()
			.doOnError((failure) -> logger.warn("Listening to the log failed, retrying: {}", failure.getMessage()))
			.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
				.maxBackoff(Duration.ofSeconds(5))
				.transientErrors(true))
			.subscribe((_) -> {
			}, (failure) -> logger.error("Listening to the log failed and is not retried", failure));
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
