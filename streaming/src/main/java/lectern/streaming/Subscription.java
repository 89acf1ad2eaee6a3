package lectern.streaming;

import java.util.function.Predicate;

/**
 * What one subscriber wants of a log.
 *
 * @param wanted tells whether an event is for this subscriber
 * @param source gives the wanted events alone, for what is older than the ring; one that
 * gives more is right too, only slower
 */
public record Subscription<E>(Predicate<E> wanted, EventSource<E> source) {

}
