package lectern.streaming.live;

import java.util.function.Predicate;

import lectern.streaming.log.EventReader;
import lectern.web.TokenSession;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a stream a connection gets, and for how long.
 *
 * @param key selects the events with this key, as the hub's key extractor returns it;
 * null selects all
 * @param predicate selects among those; null selects all. Connections without a predicate
 * are the fastest, because several frames can be written as one
 * @param eventReader reads events that are no longer in the ring; may omit events that
 * the filter does not match, which is faster
 * @param session the session with which the stream ends; null if the stream is public
 */
public record StreamFilter<E>(@Nullable String key, @Nullable Predicate<E> predicate, EventReader<E> eventReader,
		@Nullable TokenSession session) {

	/** Select all events. */
	public static <E> StreamFilter<E> all(EventReader<E> eventReader) {
		return new StreamFilter<>(null, null, eventReader, null);
	}

	/** Select the events that match a predicate. */
	public static <E> StreamFilter<E> where(Predicate<E> predicate, EventReader<E> eventReader) {
		return new StreamFilter<>(null, predicate, eventReader, null);
	}

	/** Select the events with a key, until a session ends. */
	public static <E> StreamFilter<E> byKey(String key, EventReader<E> eventReader, TokenSession session) {
		return new StreamFilter<>(key, null, eventReader, session);
	}

	/** Whether the predicate matches; the key is not checked. */
	boolean matches(E event) {
		return this.predicate == null || this.predicate.test(event);
	}

}
