package lectern.streaming;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import org.jspecify.annotations.Nullable;

/**
 * A piece of an event stream as it goes over the wire, encoded once into one
 * reference-counted buffer however many read it. Whoever makes a frame releases it.
 *
 * <p>
 * The buffer is not pooled: one that is gone stays gone, so that a reader who comes too
 * late is told so and is never given what took its place.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-
 * Sent Events</a>
 */
public final class Frame {

	private final ByteBuf bytes;

	private final int count;

	private Frame(ByteBuf bytes, int count) {
		this.bytes = bytes;
		this.count = count;
	}

	/** An event: its cursor and one line of JSON. */
	public static Frame event(Cursor cursor, byte[] json) {
		byte[] head = head(cursor);
		ByteBuf bytes = Unpooled.directBuffer(head.length + json.length + 2);
		bytes.writeBytes(head).writeBytes(json).writeByte('\n').writeByte('\n');
		return new Frame(bytes, 1);
	}

	/** The same bytes as those of {@link #event}, to be written together with others. */
	static void write(Cursor cursor, byte[] json, ByteArrayOutputStream to) {
		to.writeBytes(head(cursor));
		to.writeBytes(json);
		to.write('\n');
		to.write('\n');
	}

	private static byte[] head(Cursor cursor) {
		return ("id:" + cursor + "\ndata:").getBytes(StandardCharsets.US_ASCII);
	}

	/** The first bytes of a connection: a browser stores the id and fires nothing. */
	static Frame opening(Cursor start) {
		return of(opening() + "id:" + start + "\n\n");
	}

	/**
	 * The first bytes of a connection whose place is not known yet.
	 * @param asked where its client asked to begin; shown again if it is a cursor
	 */
	public static Frame opening(@Nullable String asked) {
		return (asked == null) ? of(opening() + "\n")
				: Cursor.parse(asked).map(Frame::opening).orElseGet(() -> of(opening() + "\n"));
	}

	private static String opening() {
		return "retry:" + between(2_000, 5_000) + "\n:lectern\n";
	}

	/** Nothing happened up to here. */
	static Frame heartbeat(Cursor passed) {
		return of("id:" + passed + "\n\n");
	}

	/** Somebody is still here, at no place that could be told. */
	public static Frame comment() {
		return of(":\n\n");
	}

	/** The cursor given cannot be taken up; the present state is read elsewhere. */
	static Frame reset(Cursor current, Reset reset) {
		return of("event:reset\nid:" + current + "\ndata:{\"reason\":\"" + reset.reason() + "\",\"read\":\""
				+ reset.read() + "\"}\n\n");
	}

	/** The server ends the stream, and says how soon to come back. */
	static Frame end(End end) {
		String retry = (end.most() > 0) ? "retry:" + between(end.least(), end.most()) + "\n\n" : "";
		return of(retry + "event:end\ndata:{\"reason\":\"" + end.reason() + "\"}\n\n");
	}

	/** Bytes of whole frames, as another stream sent them. */
	public static Frame relayed(byte[] bytes, int count) {
		return new Frame(Unpooled.wrappedBuffer(bytes), count);
	}

	/** Several frames as one, to be written at once. */
	static Frame together(List<Frame> frames) {
		int size = 0;
		for (Frame frame : frames) {
			size += frame.size();
		}
		ByteBuf bytes = Unpooled.directBuffer(size);
		for (Frame frame : frames) {
			bytes.writeBytes(frame.bytes, 0, frame.size());
		}
		return new Frame(bytes, frames.size());
	}

	private static Frame of(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		return new Frame(Unpooled.directBuffer(utf8.length).writeBytes(utf8), 1);
	}

	/** Drawn per connection, so that those who left together do not return together. */
	private static long between(long least, long most) {
		return ThreadLocalRandom.current().nextLong(least, most + 1);
	}

	/** Hold on to it. False if it is gone: then there is nothing to release. */
	boolean retain() {
		try {
			this.bytes.retain();
			return true;
		}
		catch (IllegalReferenceCountException _) {
			return false;
		}
	}

	void release() {
		this.bytes.release();
	}

	/** The bytes for one writer, who releases them; the position in them is its own. */
	ByteBuf share() {
		return this.bytes.retainedDuplicate();
	}

	/** In bytes. */
	int size() {
		return this.bytes.writerIndex();
	}

	/** How many frames of the stream these are. */
	int count() {
		return this.count;
	}

	/** Where the bytes are, for the system to read; 0 if that cannot be told. */
	long address() {
		return this.bytes.hasMemoryAddress() ? this.bytes.memoryAddress() : 0;
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
