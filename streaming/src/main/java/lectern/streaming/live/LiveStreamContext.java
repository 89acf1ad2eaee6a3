package lectern.streaming.live;

import java.util.function.Function;

import lectern.streaming.server.StreamMeters;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;

/**
 * What the connections and broadcasters of one stream share. The hub updates it; it may
 * be read on any thread.
 */
final class LiveStreamContext<E> {

	private final StreamMeters meters;

	private final String statePath;

	private final Function<E, @Nullable String> keyExtractor;

	private volatile @Nullable LiveTail<E> tail;

	LiveStreamContext(StreamMeters meters, String statePath, Function<E, @Nullable String> keyExtractor) {
		this.meters = meters;
		this.statePath = statePath;
		this.keyExtractor = keyExtractor;
	}

	StreamMeters meters() {
		return this.meters;
	}

	/** The key of an event; null if it has none. */
	@Nullable String key(E event) {
		return this.keyExtractor.apply(event);
	}

	/** What to tell a client whose cursor cannot be used. */
	SseFrame.Reset reset(String reason) {
		return new SseFrame.Reset(reason, this.statePath);
	}

	/** The followed log; null before its ring has been filled for the first time. */
	@Nullable LiveTail<E> tail() {
		return this.tail;
	}

	void setTail(@Nullable LiveTail<E> current) {
		this.tail = current;
	}

}
