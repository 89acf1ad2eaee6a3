package lectern.streaming.log;

/** How an event is shown in a stream. */
@FunctionalInterface
public interface EventEncoder<E> {

	/**
	 * The JSON of an event, on one line.
	 * @param cursor the event's own cursor
	 */
	byte[] encode(Cursor cursor, EventEnvelope<E> entry);

}
