package lectern.streaming.server;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Records how the ring of one stream keeps up with its log. */
public final class FeedMeters {

	private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

	private final Timer lag;

	private final Clock clock;

	private volatile long readAt;

	FeedMeters(String stream, MeterRegistry registry) {
		this.lag = StreamMeter.FEED_LAG.timer(registry, stream);
		this.clock = registry.config().clock();
		this.readAt = this.clock.monotonicTime();
		StreamMeter.FEED_AGE.secondsGauge(registry, () -> (this.clock.monotonicTime() - this.readAt) / NANOS_PER_SECOND,
				stream);
	}

	/** The log has just been read, also if there was nothing new. */
	public void logRead() {
		this.readAt = this.clock.monotonicTime();
	}

	/** Record that the frame of an event is in the ring now. */
	public void recordLag(Instant receivedAt) {
		this.lag.record(Duration.between(receivedAt, Instant.now()));
	}

}
