package lectern.streaming.sse;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;

/**
 * Decodes the bytes of an event stream into events. An event is emitted when its empty
 * line has arrived; a truncated one never is. Reads what the services of Lectern write:
 * lines end with a line feed, and an event has at most one line of data.
 *
 * <p>
 * Not thread-safe; each stream needs its own decoder.
 */
public final class SseDecoder {

	private final int maxEventBytes;

	private final ByteArrayOutputStream pending = new ByteArrayOutputStream(0);

	private boolean atLineStart;

	/**
	 * @param maxEventBytes the largest size of an event
	 */
	public SseDecoder(int maxEventBytes) {
		this.maxEventBytes = maxEventBytes;
	}

	/**
	 * Decode the next bytes of the stream. The caller still has to release the buffer.
	 * @return the events that are complete now
	 * @throws IllegalStateException if an event is larger than allowed
	 */
	public List<SseEvent> decode(ByteBuf chunk) {
		List<SseEvent> events = new ArrayList<>();
		int start = chunk.readerIndex();
		int lineStart = start;
		// Netty finds a byte much faster than a loop over single bytes does.
		for (int lineEnd = findLineEnd(chunk, lineStart); lineEnd >= 0; lineEnd = findLineEnd(chunk, lineStart)) {
			if (lineEnd == lineStart && this.atLineStart) {
				append(chunk, start, lineEnd + 1);
				events.add(SseEvent.parse(this.pending.toByteArray()));
				this.pending.reset();
				start = lineEnd + 1;
			}
			this.atLineStart = true;
			lineStart = lineEnd + 1;
		}
		this.atLineStart &= lineStart == chunk.writerIndex();
		append(chunk, start, chunk.writerIndex());
		return events;
	}

	private static int findLineEnd(ByteBuf chunk, int from) {
		return chunk.indexOf(from, chunk.writerIndex(), (byte) '\n');
	}

	private void append(ByteBuf chunk, int from, int to) {
		if (this.pending.size() + to - from > this.maxEventBytes) {
			throw new IllegalStateException("An event of the stream is larger than " + this.maxEventBytes + " bytes");
		}
		byte[] part = new byte[to - from];
		chunk.getBytes(from, part);
		this.pending.writeBytes(part);
	}

}
