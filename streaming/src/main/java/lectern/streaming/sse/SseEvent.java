package lectern.streaming.sse;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * One event of a stream as received, or a block of comments and fields without data.
 *
 * @param bytes the received bytes, with the empty line at the end
 * @param id the cursor; null if there is none
 * @param event the name of a control event; null for an event of the log
 * @param data the content; null if there is none
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-
 * Sent Events</a>
 */
public record SseEvent(byte[] bytes, @Nullable String id, @Nullable String event, byte @Nullable [] data) {

	/** Whether this is an event of a log rather than a control event or a heartbeat. */
	public boolean isLogEvent() {
		return this.event == null && this.data != null && this.id != null;
	}

	/** The received bytes as text, with the empty line at the end. */
	public String text() {
		return new String(this.bytes, StandardCharsets.UTF_8);
	}

	/** The content as text; empty if there is none. */
	public String dataText() {
		return (this.data != null) ? new String(this.data, StandardCharsets.UTF_8) : "";
	}

	/** Parse the bytes of one block. */
	static SseEvent parse(byte[] bytes) {
		@Nullable String id = null;
		@Nullable String event = null;
		byte @Nullable [] data = null;
		int lineStart = 0;
		for (int index = 0; index < bytes.length; index++) {
			if (bytes[index] == '\n') {
				if (startsWith(bytes, lineStart, "id:")) {
					id = value(bytes, lineStart + 3, index);
				}
				else if (startsWith(bytes, lineStart, "event:")) {
					event = value(bytes, lineStart + 6, index);
				}
				else if (startsWith(bytes, lineStart, "data:")) {
					data = value(bytes, lineStart + 5, index).getBytes(StandardCharsets.UTF_8);
				}
				lineStart = index + 1;
			}
		}
		return new SseEvent(bytes, id, event, data);
	}

	private static String value(byte[] bytes, int from, int to) {
		return new String(bytes, from, to - from, StandardCharsets.UTF_8).strip();
	}

	private static boolean startsWith(byte[] bytes, int from, String field) {
		for (int index = 0; index < field.length(); index++) {
			if (from + index >= bytes.length || bytes[from + index] != field.charAt(index)) {
				return false;
			}
		}
		return true;
	}

}
