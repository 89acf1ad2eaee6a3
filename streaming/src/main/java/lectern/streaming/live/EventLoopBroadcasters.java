package lectern.streaming.live;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/** The broadcasters of one stream, one per event loop that has connections. */
final class EventLoopBroadcasters<E> {

	private final LiveStreamContext<E> stream;

	private final Map<EventLoop, EventLoopBroadcaster<E>> byEventLoop = new ConcurrentHashMap<>();

	EventLoopBroadcasters(LiveStreamContext<E> stream) {
		this.stream = stream;
	}

	/** The broadcaster of an event loop; null if the stream has never been filled. */
	@Nullable EventLoopBroadcaster<E> forEventLoop(EventLoop eventLoop) {
		LiveTail<E> tail = this.stream.tail();
		return (tail == null) ? null : this.byEventLoop.computeIfAbsent(eventLoop,
				(_) -> new EventLoopBroadcaster<>(this.stream, eventLoop, tail));
	}

	/** Let all broadcasters look for new events; on any thread. */
	void scheduleAll() {
		this.byEventLoop.values().forEach(EventLoopBroadcaster::schedule);
	}

	void clear() {
		this.byEventLoop.clear();
	}

}
