package lectern.streaming.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import lectern.streaming.sse.CloseReason;
import lectern.streaming.sse.SseFrame;

/** Records the meters of one stream. */
public final class StreamMeters {

	private final String stream;

	private final MeterRegistry registry;

	private final AtomicInteger subscribers = new AtomicInteger();

	/** Incremented by every write, for which a plain counter would be too expensive. */
	private final LongAdder frames = new LongAdder();

	private final Map<String, Counter> closed;

	private final Map<String, Counter> refused;

	private final Map<String, Counter> resets;

	private final Counter replayPages;

	private final Timer deliveryLag;

	StreamMeters(String stream, MeterRegistry registry) {
		this.stream = stream;
		this.registry = registry;
		StreamMeter.SUBSCRIBERS.gauge(registry, this.subscribers::get, stream);
		StreamMeter.FRAMES.counter(registry, this.frames, LongAdder::sum, stream);
		this.closed = counters(StreamMeter.CLOSED, Stream.of(CloseReason.values()).map(CloseReason::reason));
		this.refused = counters(StreamMeter.REFUSED, Stream.of("all", "stream", "address", "reader"));
		this.resets = counters(StreamMeter.RESETS, Stream.of(SseFrame.Reset.FOREIGN_EPOCH, SseFrame.Reset.FUTURE_CURSOR,
				SseFrame.Reset.UNREADABLE_CURSOR));
		this.replayPages = StreamMeter.REPLAY_PAGES.counter(registry, stream);
		this.deliveryLag = StreamMeter.DELIVERY_LAG.timer(registry, stream);
	}

	private Map<String, Counter> counters(StreamMeter meter, Stream<String> reasons) {
		return reasons.collect(Collectors.toUnmodifiableMap(Function.identity(),
				(reason) -> meter.counter(this.registry, this.stream, reason)));
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
	void closed(CloseReason reason) {
		this.subscribers.decrementAndGet();
		increment(this.closed, reason.reason());
	}

	/** A connection has been refused. */
	void refused(String reason) {
		increment(this.refused, reason);
	}

	/** A client's cursor could not be used. */
	public void reset(String reason) {
		increment(this.resets, reason);
	}

	private static void increment(Map<String, Counter> counters, String reason) {
		Objects.requireNonNull(counters.get(reason), reason).increment();
	}

	/** Frames have been written to a connection. */
	void framesWritten(int count) {
		this.frames.add(count);
	}

	/** A page of the log has been read for a single connection. */
	public void replayPageRead() {
		this.replayPages.increment();
	}

	/**
	 * Register how many reads of pages for single connections run or wait.
	 * @param limit how many of them run at once
	 * @return the number, which the caller maintains
	 */
	public AtomicInteger pageReads(int limit) {
		AtomicInteger pending = new AtomicInteger();
		StreamMeter.REPLAYS.gauge(this.registry, pending::get, this.stream);
		StreamMeter.REPLAYS_LIMIT.gauge(this.registry, () -> limit, this.stream);
		return pending;
	}

	/** Record the time from a commit to the write to the subscribers of an event loop. */
	public void recordDeliveryLag(Instant receivedAt, Instant now) {
		this.deliveryLag.record(Duration.between(receivedAt, now));
	}

}
