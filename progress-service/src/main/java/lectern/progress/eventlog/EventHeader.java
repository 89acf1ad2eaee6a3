package lectern.progress.eventlog;

/**
 * A committed event without its payload.
 *
 * @param position the position in the log
 * @param reader the reader to whom the event belongs
 * @param stream the stream to which the event belongs
 * @param version the version in the stream
 * @param type the stored name of the type
 */
public record EventHeader(long position, String reader, String stream, int version, String type) {
}
