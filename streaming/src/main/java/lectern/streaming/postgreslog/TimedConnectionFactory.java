package lectern.streaming.postgreslog;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.Wrapped;
import reactor.core.publisher.Mono;

/**
 * Measures how long a pool takes to supply a connection. The pool's own recorder is told
 * of no timeout, and Spring Boot gives it none (ADR 37).
 */
final class TimedConnectionFactory implements ConnectionFactory, Wrapped<ConnectionFactory> {

	private final ConnectionFactory pool;

	private final Timer acquire;

	private final Counter timeouts;

	TimedConnectionFactory(ConnectionFactory pool, MeterRegistry registry) {
		this.pool = pool;
		this.acquire = DatabaseMeter.ACQUIRE.timer(registry);
		this.timeouts = DatabaseMeter.ACQUIRE_TIMEOUTS.counter(registry);
	}

	@Override
	public Mono<? extends Connection> create() {
		return Mono.defer(() -> {
			long start = System.nanoTime();
			return Mono.from(this.pool.create())
				.doOnTerminate(() -> this.acquire.record(System.nanoTime() - start, TimeUnit.NANOSECONDS))
				.doOnError(R2dbcTimeoutException.class, (_) -> this.timeouts.increment());
		});
	}

	@Override
	public ConnectionFactoryMetadata getMetadata() {
		return this.pool.getMetadata();
	}

	@Override
	public ConnectionFactory unwrap() {
		return this.pool;
	}

}
