package lectern.streaming.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCounted;
import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one or more events as they are written to clients, encoded once into a
 * reference-counted buffer that all connections share. The caller that creates a frame
 * releases it.
 *
 * <p>
 * The buffer is not pooled: a released one is never reused, so that a late reader gets an
 * error and never the bytes of another frame.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-
 * Sent Events</a>
 */
public final class SseFrame {

	/** Counts the references. */
	private final ReferenceCounted references;

	private final Supplier<ByteBuf> bytes;

	private final int count;

	private SseFrame(ByteBuf bytes, int count) {
		this(bytes, () -> bytes, count);
	}

	private SseFrame(ReferenceCounted references, Supplier<ByteBuf> bytes, int count) {
		this.references = references;
		this.bytes = bytes;
		this.count = count;
	}

	/**
	 * An event of a log.
	 * @param json the data, without line breaks
	 */
	public static SseFrame event(Cursor cursor, byte[] json) {
		return event(eventHeader(cursor), json);
	}

	/**
	 * An event of a log that is encoded when its bytes are used for the first time, on
	 * the thread that uses them. Most events of private streams are never used, because
	 * their readers are not connected.
	 * @param encoder creates the JSON, as above; called once at most
	 */
	public static SseFrame lazyEvent(Cursor cursor, Supplier<byte[]> encoder) {
		LazyBytes bytes = new LazyBytes(() -> encode(eventHeader(cursor), encoder.get()));
		return new SseFrame(bytes, bytes, 1);
	}

	/**
	 * An event without an id, of a stream that cannot be resumed.
	 * @param json the data, without line breaks
	 */
	public static SseFrame event(byte[] json) {
		return event("data:".getBytes(StandardCharsets.US_ASCII), json);
	}

	private static SseFrame event(byte[] header, byte[] json) {
		return new SseFrame(encode(header, json), 1);
	}

	private static ByteBuf encode(byte[] header, byte[] json) {
		byte[] data = UnicodeLineSeparators.escape(json);
		ByteBuf bytes = Unpooled.directBuffer(header.length + data.length + 2);
		return bytes.writeBytes(header).writeBytes(data).writeByte('\n').writeByte('\n');
	}

	/** Append the bytes of {@link #event(Cursor, byte[])} to others. */
	public static void writeEvent(Cursor cursor, byte[] json, ByteArrayOutputStream target) {
		target.writeBytes(eventHeader(cursor));
		target.writeBytes(UnicodeLineSeparators.escape(json));
		target.write('\n');
		target.write('\n');
	}

	/** The size in bytes that JSON has as the data of an event. */
	public static int dataSize(byte[] json) {
		return UnicodeLineSeparators.escape(json).length;
	}

	private static byte[] eventHeader(Cursor cursor) {
		return ("id:" + cursor + "\ndata:").getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * The first bytes of a connection. Browsers store the id, and no event is dispatched.
	 * @param start the cursor after which the connection starts
	 */
	public static SseFrame opening(Cursor start) {
		return opening(start.toString());
	}

	/**
	 * The first bytes of a connection.
	 * @param id from which the client can resume, on one line; null if there is none
	 */
	public static SseFrame opening(@Nullable String id) {
		return of("retry:" + randomBetween(2_000, 5_000) + "\n:lectern\n" + idLine(id) + "\n");
	}

	private static String idLine(@Nullable String id) {
		return (id != null) ? "id:" + id + "\n" : "";
	}

	/** An id without data: no event for this client up to the cursor. */
	public static SseFrame heartbeat(Cursor passed) {
		return heartbeat(passed.toString());
	}

	/**
	 * An id without data.
	 * @param id from which the client can resume, on one line; null for a comment
	 */
	public static SseFrame heartbeat(@Nullable String id) {
		return (id != null) ? of(idLine(id) + "\n") : comment();
	}

	/** A heartbeat of a stream whose cursor is not known. */
	public static SseFrame comment() {
		return of(":\n\n");
	}

	/** The control event {@code reset}. */
	public static SseFrame reset(Cursor current, Reset reset) {
		return of("event:reset\nid:" + current + "\ndata:{\"reason\":\"" + reset.reason() + "\",\"read\":\""
				+ reset.statePath() + "\"}\n\n");
	}

	/**
	 * The control event {@code end}, after the delay until the client may reconnect. It
	 * has an id, because some clients store an id only if the event has data.
	 * @param id from which the client can resume, on one line; null if there is none
	 */
	public static SseFrame end(CloseReason closeReason, @Nullable String id) {
		String retry = (closeReason.maxRetryMillis() > 0)
				? "retry:" + randomBetween(closeReason.minRetryMillis(), closeReason.maxRetryMillis()) + "\n\n" : "";
		return of(retry + "event:end\n" + idLine(id) + "data:{\"reason\":\"" + closeReason.reason() + "\"}\n\n");
	}

	/**
	 * Complete frames that are encoded already.
	 * @param bytes not copied
	 */
	public static SseFrame wrap(byte[] bytes, int count) {
		return new SseFrame(Unpooled.wrappedBuffer(bytes), count);
	}

	/** A copy of several frames as one, for a single write. */
	public static SseFrame combine(List<SseFrame> frames) {
		int size = 0;
		for (SseFrame frame : frames) {
			size += frame.size();
		}
		ByteBuf bytes = Unpooled.directBuffer(size);
		for (SseFrame frame : frames) {
			bytes.writeBytes(frame.bytes.get(), 0, frame.size());
		}
		return new SseFrame(bytes, frames.size());
	}

	private static SseFrame of(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		return new SseFrame(Unpooled.directBuffer(utf8.length).writeBytes(utf8), 1);
	}

	/** Random, so that clients disconnected together do not reconnect together. */
	private static long randomBetween(long min, long max) {
		return ThreadLocalRandom.current().nextLong(min, max + 1);
	}

	/**
	 * Retain the frame.
	 * @return false if it has been released already; it must not be used then
	 */
	public boolean retain() {
		try {
			this.references.retain();
			return true;
		}
		catch (IllegalReferenceCountException _) {
			return false;
		}
	}

	/** Release the frame. */
	public void release() {
		this.references.release();
	}

	/** The bytes with indices of their own, to be released by the caller. */
	public ByteBuf retainedDuplicate() {
		return this.bytes.get().retainedDuplicate();
	}

	/**
	 * Whether the bytes exist; only frames of {@link #lazyEvent} may not have any yet.
	 */
	public boolean isEncoded() {
		return !(this.bytes instanceof LazyBytes lazy) || lazy.isEncoded();
	}

	/** The size in bytes. */
	public int size() {
		return this.bytes.get().writerIndex();
	}

	/** The number of frames that this one consists of. */
	public int count() {
		return this.count;
	}

	/** The native address of the bytes; 0 if there is none. */
	public long memoryAddress() {
		ByteBuf encoded = this.bytes.get();
		return encoded.hasMemoryAddress() ? encoded.memoryAddress() : 0;
	}

	/**
	 * Why a client's cursor cannot be used. The client has to read the current state.
	 *
	 * @param reason one of the constants
	 * @param statePath the path of the current state
	 */
	public record Reset(String reason, String statePath) {

		/** The cursor belongs to another log. */
		public static final String FOREIGN_EPOCH = "foreign-epoch";

		/** The cursor is after the end of the log. */
		public static final String FUTURE_CURSOR = "future-cursor";

		/** The text is not a cursor. */
		public static final String UNREADABLE_CURSOR = "unreadable-cursor";

	}

}
