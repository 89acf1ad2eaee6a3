package lectern.streaming.server;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Records the meters of one stream. */
public final class StreamMeters {

	private static final String STREAM = "stream";

	private static final String REASON = "reason";

	private final String stream;

	private final MeterRegistry registry;

	private final AtomicInteger subscribers = new AtomicInteger();

	/** Incremented by every write, for which a plain counter would be too expensive. */
	private final LongAdder frames = new LongAdder();

	private final Counter replayPages;

	private final Timer feedLag;

	private final Timer deliveryLag;

	StreamMeters(String stream, MeterRegistry registry) {
		this.stream = stream;
		this.registry = registry;
		Gauge.builder(StreamMeter.SUBSCRIBERS.getName(), this.subscribers, AtomicInteger::get)
			.description(StreamMeter.SUBSCRIBERS.definition().description())
			.tag(STREAM, stream)
			.register(registry);
		FunctionCounter.builder(StreamMeter.FRAMES.getName(), this.frames, LongAdder::sum)
			.description(StreamMeter.FRAMES.definition().description())
			.tag(STREAM, stream)
			.register(registry);
		this.replayPages = registry.counter(StreamMeter.REPLAY_PAGES.getName(), STREAM, stream);
		this.feedLag = timer(StreamMeter.FEED_LAG);
		this.deliveryLag = timer(StreamMeter.DELIVERY_LAG);
	}

	private Timer timer(StreamMeter meter) {
		return Timer.builder(meter.getName())
			.description(meter.definition().description())
			.tag(STREAM, this.stream)
			.publishPercentileHistogram()
			.maximumExpectedValue(Duration.ofSeconds(30))
			.register(this.registry);
	}

	/** The route's pattern. */
	String stream() {
		return this.stream;
	}

	/** A connection has been opened. */
	void opened() {
		this.subscribers.incrementAndGet();
	}

	/** A connection has been closed. */
	void closed(String reason) {
		this.subscribers.decrementAndGet();
		count(StreamMeter.CLOSED, reason);
	}

	/** A connection has been refused. */
	void refused(String reason) {
		count(StreamMeter.REFUSED, reason);
	}

	/** A client's cursor could not be used. */
	public void reset(String reason) {
		count(StreamMeter.RESETS, reason);
	}

	private void count(StreamMeter meter, String reason) {
		this.registry.counter(meter.getName(), STREAM, this.stream, REASON, reason).increment();
	}

	/** Frames have been written to a connection. */
	void framesWritten(int count) {
		this.frames.add(count);
	}

	/** A page of the log has been read for a single connection. */
	public void replayPageRead() {
		this.replayPages.increment();
	}

	/** Record the time from a commit to the frame in the ring. */
	public void recordFeedLag(Duration lag) {
		this.feedLag.record(lag);
	}

	/** Record the time from a commit to the write to the subscribers of an event loop. */
	public void recordDeliveryLag(Instant receivedAt, Instant now) {
		this.deliveryLag.record(Duration.between(receivedAt, now));
	}

}
