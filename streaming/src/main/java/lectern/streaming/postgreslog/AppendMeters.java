package lectern.streaming.postgreslog;

import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTimeoutException;

/** Records the appends to a log. */
public final class AppendMeters {

	/**
	 * The SQLSTATEs of the timeouts that {@code lectern-database.yml} sets, and of a
	 * cancelled query.
	 */
	private static final Set<String> TIMEOUTS = Set.of("55P03", "25P03", "25P04", "57014");

	private final MeterRegistry registry;

	private final Timer duration;

	private final DistributionSummary batch;

	private final Counter queueFull;

	private final Counter timeouts;

	private final Counter errors;

	public AppendMeters(MeterRegistry registry) {
		this.registry = registry;
		this.duration = LogMeter.APPEND_DURATION.timer(registry);
		this.batch = LogMeter.APPEND_BATCH.summary(registry);
		this.queueFull = LogMeter.APPEND_FAILURES.counter(registry, "queue-full");
		this.timeouts = LogMeter.APPEND_FAILURES.counter(registry, "timeout");
		this.errors = LogMeter.APPEND_FAILURES.counter(registry, "error");
	}

	/**
	 * Register a queue of appends.
	 * @param length how many wait
	 * @param limit how many may wait
	 */
	public void queue(String name, Supplier<Number> length, int limit) {
		LogMeter.APPEND_QUEUE.gauge(this.registry, length, name);
		LogMeter.APPEND_QUEUE_LIMIT.gauge(this.registry, () -> limit, name);
	}

	/** An append is committed. */
	public void committed(Timer.Sample sinceRequest) {
		sinceRequest.stop(this.duration);
	}

	/** Record the number of events of a transaction. */
	public void recordBatch(long events) {
		this.batch.record(events);
	}

	/** An append was refused because too many wait. */
	public void queueFull() {
		this.queueFull.increment();
	}

	/** An append has failed, other than by a decision such as a version conflict. */
	public void failed(Throwable failure) {
		(isTimeout(failure) ? this.timeouts : this.errors).increment();
	}

	private static boolean isTimeout(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof TimeoutException || cause instanceof R2dbcTimeoutException
					|| (cause instanceof R2dbcException database && database.getSqlState() != null
							&& TIMEOUTS.contains(database.getSqlState()))) {
				return true;
			}
		}
		return false;
	}

}
