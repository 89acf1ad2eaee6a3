package lectern.streaming.live;

import java.time.Instant;
import java.util.function.Predicate;

import lectern.streaming.log.EventReader;
import org.jspecify.annotations.Nullable;

/**
 * What one subscriber wants of a stream, and may have.
 *
 * @param key wants only events of this key, as the hub tells it; null for those of all
 * @param predicate tells whether an event is for this subscriber; null if all are
 * @param eventReader gives the wanted events alone, for what is older than the ring; one
 * that gives more is right too, only slower
 * @param sessionEnd when the right to read ends; null if it does not
 */
public record StreamFilter<E>(@Nullable String key, @Nullable Predicate<E> predicate, EventReader<E> eventReader,
		@Nullable Instant sessionEnd) {

	/** Everything that the stream has. */
	public static <E> StreamFilter<E> all(EventReader<E> past) {
		return new StreamFilter<>(null, null, past, null);
	}

	/** What a test lets pass. */
	public static <E> StreamFilter<E> where(Predicate<E> wanted, EventReader<E> past) {
		return new StreamFilter<>(null, wanted, past, null);
	}

	/** What belongs to a key, for as long as a session lasts. */
	public static <E> StreamFilter<E> byKey(String key, EventReader<E> past, @Nullable Instant sessionEnd) {
		return new StreamFilter<>(key, null, past, sessionEnd);
	}

	boolean matches(E event) {
		return this.predicate == null || this.predicate.test(event);
	}

}
