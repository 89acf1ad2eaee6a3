package lectern.streaming.postgreslog;

import java.time.Duration;
import java.util.Objects;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.R2dbcTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A pool of one connection to a real PostgreSQL. */
class TimedConnectionFactoryIntegrationTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ConnectionPool pool = new ConnectionPool(ConnectionPoolConfiguration
		.builder(ConnectionFactories.get("r2dbc:" + TestPostgres.database().replace("://", "://postgres:any@")))
		.initialSize(0)
		.maxSize(1)
		.maxAcquireTime(Duration.ofMillis(200))
		.build());

	private final TimedConnectionFactory timed = new TimedConnectionFactory(this.pool, this.registry);

	@AfterEach
	void stop() {
		TestPools.close(this.pool);
	}

	@Test
	void timeoutIsMeasuredAndCountedFromZero() {
		assertThat(timeouts()).isZero();
		// The first connection may take longer than the limit on a busy machine.
		Connection connection = Objects.requireNonNull(Mono.from(this.timed.create()).retry(50).block(HANG_LIMIT));
		double before = timeouts();
		long measured = acquire().count();
		StepVerifier.create(this.timed.create()).expectError(R2dbcTimeoutException.class).verify(HANG_LIMIT);
		assertThat(timeouts()).isEqualTo(before + 1);
		assertThat(acquire().count()).isEqualTo(measured + 1);
		Mono.from(connection.close()).block(HANG_LIMIT);
	}

	@Test
	void notificationsUseTheFactoryBehindThePool() {
		LogNotifications notifications = new LogNotifications(this.timed);
		notifications.start();
		StepVerifier.create(notifications.next()).expectComplete().verify(HANG_LIMIT);
		notifications.stop();
		assertThat(this.pool.getMetrics().orElseThrow().allocatedSize()).isZero();
	}

	private double timeouts() {
		return this.registry.get(DatabaseMeter.ACQUIRE_TIMEOUTS.getName()).counter().count();
	}

	private Timer acquire() {
		return this.registry.get(DatabaseMeter.ACQUIRE.getName()).timer();
	}

}
