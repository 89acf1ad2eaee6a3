package lectern.progress.eventlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Decodes a page of events that PostgreSQL has sent as one binary value. The value is a
 * sequence of rows in the format of {@code record_send}: the number of columns, then for
 * each column the OID of its type, its length in bytes, or -1 for null, and its bytes.
 * For separate rows the driver creates several objects for each column, which took more
 * than half of the CPU time of a replay; for a page in one value it creates them once.
 */
final class BinaryRowDecoder {

	/** The selected columns in the order in which they are decoded. */
	static final String COLUMNS = "position, stream, version, reader, type, book, occurred_at, received_at, data::text";

	/** PostgreSQL counts microseconds from the beginning of the year 2000. */
	private static final long POSTGRES_EPOCH_SECOND = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

	private static final int MICROS_PER_SECOND = 1_000_000;

	private final ByteBuffer buffer;

	/**
	 * The last decoded values: events of a page often repeat them, so they are reused.
	 */
	private @Nullable String stream;

	private @Nullable String reader;

	private @Nullable String type;

	private @Nullable String book;

	private BinaryRowDecoder(byte[] rows) {
		this.buffer = ByteBuffer.wrap(rows);
	}

	/**
	 * Decode a page of events.
	 * @param rows the rows with {@link #COLUMNS}; may be empty
	 */
	static List<RawEvent> decode(byte[] rows) {
		BinaryRowDecoder page = new BinaryRowDecoder(rows);
		List<RawEvent> events = new ArrayList<>();
		while (page.buffer.hasRemaining()) {
			events.add(page.readEvent());
		}
		return events;
	}

	private RawEvent readEvent() {
		this.buffer.getInt();
		nextColumn();
		long position = this.buffer.getLong();
		this.stream = readRepeatedText(this.stream);
		nextColumn();
		int version = this.buffer.getInt();
		this.reader = readRepeatedText(this.reader);
		this.type = readRepeatedText(this.type);
		this.book = readRepeatedText(this.book);
		Instant occurredAt = readInstant();
		Instant receivedAt = readInstant();
		return new RawEvent(position, Objects.requireNonNull(this.stream), version, Objects.requireNonNull(this.reader),
				Objects.requireNonNull(this.type), this.book, occurredAt, receivedAt, readText(nextColumn()));
	}

	/**
	 * Move to the value of the next column.
	 * @return the length in bytes; -1 for null
	 */
	private int nextColumn() {
		this.buffer.getInt();
		return this.buffer.getInt();
	}

	private @Nullable String readRepeatedText(@Nullable String previous) {
		int length = nextColumn();
		if (length < 0) {
			return null;
		}
		return (previous != null && nextEquals(previous, length)) ? skip(previous, length) : readText(length);
	}

	private boolean nextEquals(String text, int length) {
		int from = this.buffer.position();
		if (text.length() != length) {
			return false;
		}
		for (int at = 0; at < length; at++) {
			if (text.charAt(at) != this.buffer.get(from + at)) {
				return false;
			}
		}
		return true;
	}

	private String skip(String text, int length) {
		this.buffer.position(this.buffer.position() + length);
		return text;
	}

	private String readText(int length) {
		int from = this.buffer.position();
		this.buffer.position(from + length);
		return new String(this.buffer.array(), from, length, StandardCharsets.UTF_8);
	}

	private Instant readInstant() {
		nextColumn();
		long micros = this.buffer.getLong();
		return Instant.ofEpochSecond(POSTGRES_EPOCH_SECOND + Math.floorDiv(micros, MICROS_PER_SECOND),
				Math.floorMod(micros, MICROS_PER_SECOND) * 1_000L);
	}

}
