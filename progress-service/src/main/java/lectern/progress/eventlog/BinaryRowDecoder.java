package lectern.progress.eventlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import lectern.streaming.log.EventEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Reads events that PostgreSQL has sent as one value, one after the other, each as
 * {@code record_send} writes a row: how many columns there are, then of each the number
 * of its type, how many bytes it has, or -1 for none, and these. Of rows the driver makes
 * some objects for each column of each, which was more than half of what a replay took
 * here; of a page in one value it makes as few as of one row.
 */
final class BinaryRowDecoder {

	/** What is selected, in the order in which it is read. */
	static final String COLUMNS = "position, stream, version, type, book, occurred_at, received_at, data::text";

	/** PostgreSQL counts its microseconds from here, as 2000 begins. */
	private static final long POSTGRES_EPOCH_SECOND = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

	private static final int MICROS_PER_SECOND = 1_000_000;

	private final String reader;

	private final ByteBuffer buffer;

	/** Events of a page often have the same words, which are made once then. */
	private @Nullable String stream;

	private @Nullable String type;

	private @Nullable String book;

	private BinaryRowDecoder(String reader, byte[] sent) {
		this.reader = reader;
		this.buffer = ByteBuffer.wrap(sent);
	}

	/**
	 * The events of a page.
	 * @param reader whose they all are
	 * @param sent rows of {@link #COLUMNS}; may be none
	 */
	static List<EventEnvelope<RawEvent>> decode(String reader, byte[] sent) {
		BinaryRowDecoder page = new BinaryRowDecoder(reader, sent);
		List<EventEnvelope<RawEvent>> events = new ArrayList<>();
		while (page.buffer.hasRemaining()) {
			RawEvent event = page.readEvent();
			events.add(new EventEnvelope<>(event.position(), event.receivedAt(), event));
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
		this.type = readRepeatedText(this.type);
		this.book = readRepeatedText(this.book);
		Instant occurredAt = readInstant();
		Instant receivedAt = readInstant();
		return new RawEvent(position, Objects.requireNonNull(this.stream), version, this.reader,
				Objects.requireNonNull(this.type), this.book, occurredAt, receivedAt, readText(nextColumn()));
	}

	/**
	 * Go to the value of the next column.
	 * @return how many bytes it has; -1 if it is null
	 */
	private int nextColumn() {
		this.buffer.getInt();
		return this.buffer.getInt();
	}

	private @Nullable String readRepeatedText(@Nullable String before) {
		int length = nextColumn();
		if (length < 0) {
			return null;
		}
		return (before != null && nextEquals(before, length)) ? skip(before, length) : readText(length);
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
