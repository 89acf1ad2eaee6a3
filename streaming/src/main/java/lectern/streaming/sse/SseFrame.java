package lectern.streaming.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import lectern.streaming.log.Cursor;
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
public final class SseFrame {

	private final ByteBuf bytes;

	private final int count;

	private SseFrame(ByteBuf bytes, int count) {
		this.bytes = bytes;
		this.count = count;
	}

	/** An event: its cursor and one line of JSON. */
	public static SseFrame event(Cursor cursor, byte[] json) {
		byte[] head = eventHeader(cursor);
		ByteBuf bytes = Unpooled.directBuffer(head.length + json.length + 2);
		bytes.writeBytes(head).writeBytes(json).writeByte('\n').writeByte('\n');
		return new SseFrame(bytes, 1);
	}

	/** The same bytes as those of {@link #event}, to be written together with others. */
	public static void writeEvent(Cursor cursor, byte[] json, ByteArrayOutputStream to) {
		to.writeBytes(eventHeader(cursor));
		to.writeBytes(json);
		to.write('\n');
		to.write('\n');
	}

	private static byte[] eventHeader(Cursor cursor) {
		return ("id:" + cursor + "\ndata:").getBytes(StandardCharsets.US_ASCII);
	}

	/** The first bytes of a connection: a browser stores the id and fires nothing. */
	public static SseFrame opening(Cursor start) {
		return of(opening() + "id:" + start + "\n\n");
	}

	/**
	 * The first bytes of a connection whose place is not known yet.
	 * @param asked where its client asked to begin; shown again if it is a cursor
	 */
	public static SseFrame opening(@Nullable String asked) {
		return (asked == null) ? of(opening() + "\n")
				: Cursor.parse(asked).map(SseFrame::opening).orElseGet(() -> of(opening() + "\n"));
	}

	private static String opening() {
		return "retry:" + randomBetween(2_000, 5_000) + "\n:lectern\n";
	}

	/** Nothing happened up to here. */
	public static SseFrame heartbeat(Cursor passed) {
		return of("id:" + passed + "\n\n");
	}

	/** Somebody is still here, at no place that could be told. */
	public static SseFrame comment() {
		return of(":\n\n");
	}

	/** The cursor given cannot be taken up; the present state is read elsewhere. */
	public static SseFrame reset(Cursor current, Reset reset) {
		return of("event:reset\nid:" + current + "\ndata:{\"reason\":\"" + reset.reason() + "\",\"read\":\""
				+ reset.statePath() + "\"}\n\n");
	}

	/** The server ends the stream, and says how soon to come back. */
	public static SseFrame end(CloseReason end) {
		String retry = (end.maxRetryMillis() > 0)
				? "retry:" + randomBetween(end.minRetryMillis(), end.maxRetryMillis()) + "\n\n" : "";
		return of(retry + "event:end\ndata:{\"reason\":\"" + end.reason() + "\"}\n\n");
	}

	/** Bytes of whole frames, as another stream sent them. */
	public static SseFrame wrap(byte[] bytes, int count) {
		return new SseFrame(Unpooled.wrappedBuffer(bytes), count);
	}

	/** Several frames as one, to be written at once. */
	public static SseFrame combine(List<SseFrame> frames) {
		int size = 0;
		for (SseFrame frame : frames) {
			size += frame.size();
		}
		ByteBuf bytes = Unpooled.directBuffer(size);
		for (SseFrame frame : frames) {
			bytes.writeBytes(frame.bytes, 0, frame.size());
		}
		return new SseFrame(bytes, frames.size());
	}

	private static SseFrame of(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		return new SseFrame(Unpooled.directBuffer(utf8.length).writeBytes(utf8), 1);
	}

	/** Drawn per connection, so that those who left together do not return together. */
	private static long randomBetween(long least, long most) {
		return ThreadLocalRandom.current().nextLong(least, most + 1);
	}

	/** Hold on to it. False if it is gone: then there is nothing to release. */
	public boolean retain() {
		try {
			this.bytes.retain();
			return true;
		}
		catch (IllegalReferenceCountException _) {
			return false;
		}
	}

	public void release() {
		this.bytes.release();
	}

	/** The bytes for one writer, who releases them; the position in them is its own. */
	public ByteBuf retainedDuplicate() {
		return this.bytes.retainedDuplicate();
	}

	/** In bytes. */
	public int size() {
		return this.bytes.writerIndex();
	}

	/** How many frames of the stream these are. */
	public int count() {
		return this.count;
	}

	/** Where the bytes are, for the system to read; 0 if that cannot be told. */
	public long memoryAddress() {
		return this.bytes.hasMemoryAddress() ? this.bytes.memoryAddress() : 0;
	}

	/**
	 * Why a stream begins anew.
	 *
	 * @param reason a word for programs
	 * @param statePath the path of the present state
	 */
	public record Reset(String reason, String statePath) {
	}

}
