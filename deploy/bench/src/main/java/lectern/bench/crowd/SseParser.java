package lectern.bench.crowd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Parses an event stream incrementally; a read may end at any byte. Of an event it keeps
 * only the id: a crowd needs the data of control events only.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">Parsing
 * an event stream</a>
 */
final class SseParser {

	/**
	 * How much is kept of a line that is split across reads; ids and the data of control
	 * events are shorter.
	 */
	private static final int MAX_PARTIAL_LINE = 512;

	private static final byte[] EMPTY = {};

	private final ParsedFrameListener frameListener;

	/** The id of the current frame, which takes effect when the frame is complete. */
	private final EventId id = new EventId();

	private byte[] partial = EMPTY;

	private int partialLength;

	private boolean afterCarriageReturn;

	private boolean hasData;

	private @Nullable String name;

	private String data = "";

	SseParser(ParsedFrameListener frameListener) {
		this.frameListener = frameListener;
	}

	/** Start a new stream, whose first frame has the last id of the previous stream. */
	void startStream(EventId last) {
		this.id.set(last);
		this.partialLength = 0;
		this.afterCarriageReturn = false;
		resetFrame();
	}

	void feed(byte[] bytes, int from, int to) {
		int start = from;
		for (int i = from; i < to; i++) {
			byte b = bytes[i];
			if (b > '\r' || (b != '\n' && b != '\r')) {
				continue;
			}
			// A line feed directly after a carriage return belongs to the same line end.
			boolean secondOfLineEnd = (b == '\n' && this.afterCarriageReturn && i == start && this.partialLength == 0);
			if (!secondOfLineEnd) {
				endLine(bytes, start, i);
			}
			this.afterCarriageReturn = (b == '\r');
			start = i + 1;
		}
		if (start < to) {
			this.afterCarriageReturn = false;
			bufferPartialLine(bytes, start, to);
		}
	}

	private void bufferPartialLine(byte[] bytes, int from, int to) {
		int size = Math.min(to - from, MAX_PARTIAL_LINE - this.partialLength);
		if (this.partialLength + size > this.partial.length) {
			this.partial = Arrays.copyOf(this.partial, MAX_PARTIAL_LINE);
		}
		System.arraycopy(bytes, from, this.partial, this.partialLength, size);
		this.partialLength += size;
	}

	private void endLine(byte[] bytes, int from, int to) {
		if (this.partialLength == 0) {
			parseLine(bytes, from, to);
			return;
		}
		bufferPartialLine(bytes, from, to);
		parseLine(this.partial, 0, this.partialLength);
		this.partialLength = 0;
	}

	private void parseLine(byte[] bytes, int from, int to) {
		if (from == to) {
			dispatch();
			return;
		}
		int colon = from;
		while (colon < to && bytes[colon] != ':' && colon - from < 6) {
			colon++;
		}
		int value = Math.min(colon + 1, to);
		if (value < to && bytes[value] == ' ') {
			value++;
		}
		switch (colon - from) {
			case 2 -> {
				if (bytes[from] == 'i' && bytes[from + 1] == 'd') {
					this.id.set(bytes, value, to);
				}
			}
			case 4 -> {
				if (bytes[from] == 'd' && bytes[from + 1] == 'a') {
					data(bytes, value, to);
				}
			}
			case 5 -> parseEventOrRetry(bytes, from, value, to);
			default -> {
				// A comment or an unknown field.
			}
		}
	}

	private void data(byte[] bytes, int from, int to) {
		this.hasData = true;
		if (this.name != null) {
			this.data = text(bytes, from, to);
		}
	}

	private void parseEventOrRetry(byte[] bytes, int from, int value, int to) {
		if (bytes[from] == 'e') {
			this.name = text(bytes, value, to);
		}
		else if (bytes[from] == 'r') {
			String millis = text(bytes, value, to);
			if (millis.matches("[0-9]{1,9}")) {
				this.frameListener.onRetry(Integer.parseInt(millis));
			}
		}
	}

	private static String text(byte[] bytes, int from, int to) {
		return new String(bytes, from, to - from, StandardCharsets.UTF_8);
	}

	private void dispatch() {
		this.frameListener.onLastEventId(this.id);
		String eventName = this.name;
		if (this.hasData && eventName != null) {
			this.frameListener.onNamedEvent(eventName, this.data);
		}
		else if (this.hasData) {
			this.frameListener.onEvent(this.id);
		}
		resetFrame();
	}

	private void resetFrame() {
		this.hasData = false;
		this.name = null;
		this.data = "";
	}

	/** Is called with the parsed frames. */
	interface ParsedFrameListener {

		/** The id that a client would reconnect with from now on; called per frame. */
		void onLastEventId(EventId id);

		/** An event without a name. */
		void onEvent(EventId id);

		/** An event with a name, and the last line of its data, at most 506 bytes. */
		void onNamedEvent(String name, String data);

		/** The time to wait before a reconnect. */
		void onRetry(int millis);

	}

}
