package lectern.bench.crowd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Parses an event stream as it comes, wherever the reads cut it, and keeps of an event
 * its id alone: what it says is of no interest to a crowd, but for the control events.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">Parsing
 * an event stream</a>
 */
final class SseParser {

	/** Of a line that is cut by reads, as much is kept: ids and words are shorter. */
	private static final int MAX_PARTIAL_LINE = 512;

	private static final byte[] EMPTY = {};

	private final ParsedFrameListener frameListener;

	/** The id of the frame that is being read: it counts once the frame is whole. */
	private final EventId id = new EventId();

	private byte[] partial = EMPTY;

	private int partialLength;

	private boolean afterCarriageReturn;

	private boolean hasData;

	private @Nullable String name;

	private String data = "";

	SseParser(ParsedFrameListener frames) {
		this.frameListener = frames;
	}

	/** Begin a new stream. The last id of the one before stays that of the next. */
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
			// After a return, the line feed at once behind it ends no line of its own.
			boolean second = (b == '\n' && this.afterCarriageReturn && i == start && this.partialLength == 0);
			if (!second) {
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
				// A comment, or a field that nobody knows.
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
		String named = this.name;
		if (this.hasData && named != null) {
			this.frameListener.onNamedEvent(named, this.data);
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

	/** Takes what a stream says. */
	interface ParsedFrameListener {

		/** Take the id that a client would come back with from now on. */
		void onLastEventId(EventId id);

		/** Take an event without a name. */
		void onEvent(EventId id);

		/** Take an event with a name; the data is its last line's, at most 506 bytes. */
		void onNamedEvent(String name, String data);

		/** Take the time to wait before coming back. */
		void onRetry(int millis);

	}

}
