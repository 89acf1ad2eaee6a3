package lectern.streaming.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A block of an event stream of ours, as it was read. One that was torn off is none: its
 * end must be there.
 *
 * @param bytes as they came, with the empty line at the end
 * @param id the cursor; null when the block has none
 * @param event the name of a control event; null for an event of a log
 * @param data null when there is none
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-
 * Sent Events</a>
 */
public record SseEvent(byte[] bytes, @Nullable String id, @Nullable String event, byte @Nullable [] data) {

	/** Whether it is an event of a log. */
	public boolean isLogEvent() {
		return this.event == null && this.data != null && this.id != null;
	}

	private static SseEvent parse(byte[] bytes) {
		@Nullable String id = null;
		@Nullable String event = null;
		byte @Nullable [] data = null;
		int from = 0;
		for (int at = 0; at < bytes.length; at++) {
			if (bytes[at] == '\n') {
				if (startsWith(bytes, from, "id:")) {
					id = new String(bytes, from + 3, at - from - 3, StandardCharsets.UTF_8).strip();
				}
				else if (startsWith(bytes, from, "event:")) {
					event = new String(bytes, from + 6, at - from - 6, StandardCharsets.UTF_8).strip();
				}
				else if (startsWith(bytes, from, "data:")) {
					data = new String(bytes, from + 5, at - from - 5, StandardCharsets.UTF_8).strip()
						.getBytes(StandardCharsets.UTF_8);
				}
				from = at + 1;
			}
		}
		return new SseEvent(bytes, id, event, data);
	}

	private static boolean startsWith(byte[] bytes, int from, String field) {
		for (int at = 0; at < field.length(); at++) {
			if (from + at >= bytes.length || bytes[from + at] != field.charAt(at)) {
				return false;
			}
		}
		return true;
	}

	/** Cuts what comes over the network into blocks. For one stream, by one thread. */
	public static final class SseDecoder {

		private final int maxEventBytes;

		private final ByteArrayOutputStream pending = new ByteArrayOutputStream(0);

		private boolean atLineStart;

		/**
		 * @param largest bytes that a block may have
		 */
		public SseDecoder(int largest) {
			this.maxEventBytes = largest;
		}

		/**
		 * Take what has come; it stays the caller's to release.
		 * @return the blocks that are whole now
		 * @throws IllegalStateException if one is larger than allowed
		 */
		public List<SseEvent> decode(ByteBuf chunk) {
			List<SseEvent> blocks = new ArrayList<>();
			int from = chunk.readerIndex();
			for (int at = from; at < chunk.writerIndex(); at++) {
				boolean newLine = chunk.getByte(at) == '\n';
				if (newLine && this.atLineStart) {
					append(chunk, from, at + 1);
					blocks.add(SseEvent.parse(this.pending.toByteArray()));
					this.pending.reset();
					from = at + 1;
				}
				this.atLineStart = newLine;
			}
			append(chunk, from, chunk.writerIndex());
			return blocks;
		}

		private void append(ByteBuf chunk, int from, int to) {
			if (this.pending.size() + to - from > this.maxEventBytes) {
				throw new IllegalStateException("A block of the stream is too large");
			}
			byte[] part = new byte[to - from];
			chunk.getBytes(from, part);
			this.pending.writeBytes(part);
		}

	}

}
