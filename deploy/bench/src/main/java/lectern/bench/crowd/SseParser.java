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
	private static final int KEPT = 512;

	private static final byte[] NOTHING = {};

	private final Frames frames;

	/** The id of the frame that is being read: it counts once the frame is whole. */
	private final EventId id = new EventId();

	private byte[] partial = NOTHING;

	private int partialLength;

	private boolean afterReturn;

	private boolean hasData;

	private @Nullable String name;

	private String data = "";

	SseParser(Frames frames) {
		this.frames = frames;
	}

	/** Begin a new stream. The last id of the one before stays that of the next. */
	void begin(EventId last) {
		this.id.set(last);
		this.partialLength = 0;
		this.afterReturn = false;
		endFrame();
	}

	void feed(byte[] bytes, int from, int to) {
		int start = from;
		for (int i = from; i < to; i++) {
			byte b = bytes[i];
			if (b > '\r' || (b != '\n' && b != '\r')) {
				continue;
			}
			// After a return, the line feed at once behind it ends no line of its own.
			boolean second = (b == '\n' && this.afterReturn && i == start && this.partialLength == 0);
			if (!second) {
				endLine(bytes, start, i);
			}
			this.afterReturn = (b == '\r');
			start = i + 1;
		}
		if (start < to) {
			this.afterReturn = false;
			keep(bytes, start, to);
		}
	}

	private void keep(byte[] bytes, int from, int to) {
		int size = Math.min(to - from, KEPT - this.partialLength);
		if (this.partialLength + size > this.partial.length) {
			this.partial = Arrays.copyOf(this.partial, KEPT);
		}
		System.arraycopy(bytes, from, this.partial, this.partialLength, size);
		this.partialLength += size;
	}

	private void endLine(byte[] bytes, int from, int to) {
		if (this.partialLength == 0) {
			line(bytes, from, to);
			return;
		}
		keep(bytes, from, to);
		line(this.partial, 0, this.partialLength);
		this.partialLength = 0;
	}

	private void line(byte[] bytes, int from, int to) {
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
			case 5 -> named(bytes, from, value, to);
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

	private void named(byte[] bytes, int from, int value, int to) {
		if (bytes[from] == 'e') {
			this.name = text(bytes, value, to);
		}
		else if (bytes[from] == 'r') {
			String millis = text(bytes, value, to);
			if (millis.matches("[0-9]{1,9}")) {
				this.frames.retry(Integer.parseInt(millis));
			}
		}
	}

	private static String text(byte[] bytes, int from, int to) {
		return new String(bytes, from, to - from, StandardCharsets.UTF_8);
	}

	private void dispatch() {
		this.frames.passed(this.id);
		String named = this.name;
		if (this.hasData && named != null) {
			this.frames.control(named, this.data);
		}
		else if (this.hasData) {
			this.frames.event(this.id);
		}
		endFrame();
	}

	private void endFrame() {
		this.hasData = false;
		this.name = null;
		this.data = "";
	}

	/** Takes what a stream says. */
	interface Frames {

		/** Take the id that a client would come back with from now on. */
		void passed(EventId id);

		/** Take an event without a name. */
		void event(EventId id);

		/** Take an event with a name; the data is its last line's, at most 506 bytes. */
		void control(String name, String data);

		/** Take the time to wait before coming back. */
		void retry(int millis);

	}

}
