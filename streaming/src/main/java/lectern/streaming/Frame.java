package lectern.streaming;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One piece of an event stream as it goes over the wire, encoded once however many read
 * it.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-
 * Sent Events</a>
 */
final class Frame {

	private final byte[] bytes;

	private Frame(byte[] bytes) {
		this.bytes = bytes;
	}

	/** An event: its cursor and one line of JSON. */
	static Frame event(Cursor cursor, byte[] json) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 48);
		out.writeBytes(("id:" + cursor + "\ndata:").getBytes(StandardCharsets.US_ASCII));
		out.writeBytes(json);
		out.writeBytes(new byte[] { '\n', '\n' });
		return new Frame(out.toByteArray());
	}

	/** The first bytes of a connection: a browser stores the id and fires nothing. */
	static Frame opening(long retryMillis, Cursor start) {
		return of("retry:" + retryMillis + "\n:lectern\nid:" + start + "\n\n");
	}

	/** Nothing happened up to here. */
	static Frame heartbeat(Cursor passed) {
		return of("id:" + passed + "\n\n");
	}

	/** The cursor given cannot be taken up; the present state is read elsewhere. */
	static Frame reset(Cursor current, Reset reset) {
		return of("event:reset\nid:" + current + "\ndata:{\"reason\":\"" + reset.reason() + "\",\"read\":\""
				+ reset.read() + "\"}\n\n");
	}

	/** The server ends the stream, and says how soon to come back. */
	static Frame end(long retryMillis, String reason) {
		return of("retry:" + retryMillis + "\n\nevent:end\ndata:{\"reason\":\"" + reason + "\"}\n\n");
	}

	/** The bytes, which nobody may change. */
	byte[] bytes() {
		return this.bytes;
	}

	private static Frame of(String text) {
		return new Frame(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Why a stream begins anew.
	 *
	 * @param reason a word for programs
	 * @param read the path of the present state
	 */
	record Reset(String reason, String read) {
	}

}
