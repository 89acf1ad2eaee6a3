package lectern.progress.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import lectern.streaming.Entry;

/**
 * Reads events that PostgreSQL has sent as one value, one after the other, each as
 * {@code record_send} writes a row: how many columns there are, then of each the number
 * of its type, how many bytes it has, or -1 for none, and these. Of rows the driver makes
 * some objects for each column of each, which was more than half of what a replay took
 * here; of a page in one value it makes as few as of one row.
 */
final class RawPage {

	/** What is selected, in the order in which it is read. */
	static final String COLUMNS = "position, stream, version, type, book, occurred_at, received_at, data::text";

	/** PostgreSQL counts its microseconds from here, as 2000 begins. */
	private static final long BEGINNING = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

	private static final int MICROS = 1_000_000;

	private final String reader;

	private final ByteBuffer sent;

	/** Events of a page often have the same words, which are made once then. */
	private @Nullable String stream;

	private @Nullable String type;

	private @Nullable String book;

	private RawPage(String reader, byte[] sent) {
		this.reader = reader;
		this.sent = ByteBuffer.wrap(sent);
	}

	/**
	 * The events of a page.
	 * @param reader whose they all are
	 * @param sent rows of {@link #COLUMNS}; may be none
	 */
	static List<Entry<RawEvent>> of(String reader, byte[] sent) {
		RawPage page = new RawPage(reader, sent);
		List<Entry<RawEvent>> events = new ArrayList<>();
		while (page.sent.hasRemaining()) {
			RawEvent event = page.event();
			events.add(new Entry<>(event.position(), event.receivedAt(), event));
		}
		return events;
	}

	private RawEvent event() {
		this.sent.getInt();
		column();
		long position = this.sent.getLong();
		this.stream = word(this.stream);
		column();
		int version = this.sent.getInt();
		this.type = word(this.type);
		this.book = word(this.book);
		Instant occurredAt = instant();
		Instant receivedAt = instant();
		return new RawEvent(position, Objects.requireNonNull(this.stream), version, this.reader,
				Objects.requireNonNull(this.type), this.book, occurredAt, receivedAt, text(column()));
	}

	/**
	 * Go to the value of the next column.
	 * @return how many bytes it has; -1 if it is null
	 */
	private int column() {
		this.sent.getInt();
		return this.sent.getInt();
	}

	private @Nullable String word(@Nullable String before) {
		int length = column();
		if (length < 0) {
			return null;
		}
		return (before != null && isNext(before, length)) ? skip(before, length) : text(length);
	}

	private boolean isNext(String text, int length) {
		int from = this.sent.position();
		if (text.length() != length) {
			return false;
		}
		for (int at = 0; at < length; at++) {
			if (text.charAt(at) != this.sent.get(from + at)) {
				return false;
			}
		}
		return true;
	}

	private String skip(String text, int length) {
		this.sent.position(this.sent.position() + length);
		return text;
	}

	private String text(int length) {
		int from = this.sent.position();
		this.sent.position(from + length);
		return new String(this.sent.array(), from, length, StandardCharsets.UTF_8);
	}

	private Instant instant() {
		column();
		long micros = this.sent.getLong();
		return Instant.ofEpochSecond(BEGINNING + Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000L);
	}

}
