package lectern.streaming;

import java.time.Instant;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What one subscriber wants of a stream, and may have.
 *
 * @param key wants only events of this key, as the hub tells it; null for those of all
 * @param wanted tells whether an event is for this subscriber; null if all are
 * @param past gives the wanted events alone, for what is older than the ring; one that
 * gives more is right too, only slower
 * @param sessionEnd when the right to read ends; null if it does not
 */
public record Subscription<E>(@Nullable String key, @Nullable Predicate<E> wanted, EventSource<E> past,
		@Nullable Instant sessionEnd) {

	/** Everything that the stream has. */
	public static <E> Subscription<E> all(EventSource<E> past) {
		return new Subscription<>(null, null, past, null);
	}

	/** What a test lets pass. */
	public static <E> Subscription<E> where(Predicate<E> wanted, EventSource<E> past) {
		return new Subscription<>(null, wanted, past, null);
	}

	/** What belongs to a key, for as long as a session lasts. */
	public static <E> Subscription<E> of(String key, EventSource<E> past, @Nullable Instant sessionEnd) {
		return new Subscription<>(key, null, past, sessionEnd);
	}

	boolean wants(E event) {
		return this.wanted == null || this.wanted.test(event);
	}

}
