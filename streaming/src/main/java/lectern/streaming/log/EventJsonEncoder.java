package lectern.streaming.log;

/** Encodes events as the JSON that a stream shows. */
@FunctionalInterface
public interface EventJsonEncoder<E> {

	/**
	 * Encode an event.
	 * @param cursor the event's own cursor
	 * @return the event as JSON in UTF-8, without line breaks
	 */
	byte[] encode(Cursor cursor, EventEnvelope<E> envelope);

}
