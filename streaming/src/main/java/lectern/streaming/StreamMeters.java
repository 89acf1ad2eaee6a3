package lectern.streaming;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import reactor.core.publisher.SignalType;

/** What one stream reports about itself. */
final class StreamMeters {

	private static final String STREAM = "stream";

	private static final String REASON = "reason";

	private final String stream;

	private final MeterRegistry registry;

	private final AtomicInteger subscribers = new AtomicInteger();

	private final Counter frames;

	private final Counter replays;

	private final Timer feedLag;

	StreamMeters(String stream, MeterRegistry registry) {
		this.stream = stream;
		this.registry = registry;
		Gauge.builder(StreamMeter.SUBSCRIBERS.meterName(), this.subscribers, AtomicInteger::get)
			.tag(STREAM, stream)
			.register(registry);
		this.frames = registry.counter(StreamMeter.FRAMES.meterName(), STREAM, stream);
		this.replays = registry.counter(StreamMeter.REPLAY_PAGES.meterName(), STREAM, stream);
		this.feedLag = Timer.builder(StreamMeter.FEED_LAG.meterName())
			.tag(STREAM, stream)
			.publishPercentileHistogram()
			.register(registry);
	}

	void opened() {
		this.subscribers.incrementAndGet();
	}

	void closed(SignalType how) {
		this.subscribers.decrementAndGet();
		String reason = switch (how) {
			case ON_COMPLETE -> "drain";
			case CANCEL -> "gone";
			default -> "failed";
		};
		this.registry.counter(StreamMeter.CLOSED.meterName(), STREAM, this.stream, REASON, reason).increment();
	}

	void reset(String reason) {
		this.registry.counter(StreamMeter.RESETS.meterName(), STREAM, this.stream, REASON, reason).increment();
	}

	void sent(int count) {
		this.frames.increment(count);
	}

	void replayed() {
		this.replays.increment();
	}

	void fed(Duration lag) {
		this.feedLag.record(lag);
	}

}
