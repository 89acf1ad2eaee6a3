package lectern.streaming.postgreslog;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import lectern.web.setting.StartRefusedException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Checks the database before anything is migrated, so that a wrong one is left as it is.
 */
final class DatabaseCheck implements FlywayMigrationStrategy, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(DatabaseCheck.class);

	/** It cannot be reached, is starting, or has no connection left. */
	private static final Set<String> TEMPORARY = Set.of("08001", "57P03", "53300");

	/**
	 * The classes of errors that stay until somebody changes the settings or the
	 * database: the password, the name of the database, a missing right. Not those of
	 * connections, which certificates belong to, because they are renewed.
	 */
	private static final Set<String> PERMANENT = Set.of("28", "3D", "42");

	private static final int MAX_ATTEMPTS = 10;

	private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

	private final DatabaseSettings settings;

	private final Duration maxPause;

	private final CountDownLatch stopping = new CountDownLatch(1);

	DatabaseCheck(DatabaseSettings settings) {
		this(settings, MAX_PAUSE);
	}

	/**
	 * @param maxPause the longest time between two attempts to connect
	 */
	DatabaseCheck(DatabaseSettings settings, Duration maxPause) {
		this.settings = settings;
		this.maxPause = maxPause;
	}

	/**
	 * Check the database, and migrate it.
	 * @throws StartRefusedException if it cannot be used as it is; nothing is changed
	 */
	@Override
	public void migrate(Flyway flyway) {
		requireUsable(flyway.getConfiguration().getDataSource());
		try {
			flyway.migrate();
		}
		catch (FlywayValidateException ex) {
			// Flyway suggests to repair the schema history, which would accept a schema
			// that the service cannot work with.
			throw unusable(
					"was not created by the migrations of this release, and cannot be migrated: use an empty one "
							+ "(of ./lectern, move the data folder away), and do not repair its schema history",
					ex, false);
		}
	}

	void requireUsable(DataSource database) {
		try (Connection connection = connect(database)) {
			DatabaseState state = DatabaseState.read(connection);
			String fault = state.fault(this.settings.allowDataLoss());
			if (fault != null) {
				// A standby may be promoted.
				throw unusable(fault, null, state.readOnly());
			}
			if (state.disabled() != null) {
				logger.error("PostgreSQL has {}: acknowledged writes can be LOST in a crash. Turn it on.",
						state.disabled());
			}
		}
		catch (SQLException ex) {
			throw unusable("cannot be used as the user " + this.settings.user() + ": " + reason(ex), null,
					!isPermanent(ex));
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			throw unusable("was not checked, because the start was interrupted", null, true);
		}
	}

	private Connection connect(DataSource database) throws SQLException, InterruptedException {
		for (int attempt = 1;; attempt++) {
			try {
				return database.getConnection();
			}
			catch (SQLException ex) {
				if (attempt == MAX_ATTEMPTS || !TEMPORARY.contains(String.valueOf(ex.getSQLState()))
						|| this.stopping.await(pauseMillis(), TimeUnit.MILLISECONDS)) {
					throw ex;
				}
			}
		}
	}

	private long pauseMillis() {
		long max = this.maxPause.toMillis();
		return ThreadLocalRandom.current().nextLong(max / 2, max + 1);
	}

	/** A service that is stopped while it starts waits no longer. */
	@Override
	public void destroy() {
		this.stopping.countDown();
	}

	private static boolean isPermanent(SQLException ex) {
		String state = ex.getSQLState();
		return state != null && state.length() == 5 && PERMANENT.contains(state.substring(0, 2));
	}

	private StartRefusedException unusable(String fault, @Nullable Throwable cause, boolean temporary) {
		return new StartRefusedException("The database " + this.settings.url() + " " + fault + ".", cause, temporary);
	}

	/**
	 * In one line, without the full stop; a failure of TLS has its reason in its cause.
	 */
	private static String reason(SQLException ex) {
		Throwable cause = ex;
		String reason = String.valueOf(ex.getMessage());
		while (cause.getCause() != null && cause.getCause() != cause) {
			cause = cause.getCause();
			String message = cause.getMessage();
			if (message != null && !reason.contains(message)) {
				reason = reason.replaceAll("\\.$", "") + " (" + message + ")";
			}
		}
		return reason.replaceAll("\\s+", " ").replaceAll("\\.$", "");
	}

}
