package lectern.streaming.live;

import java.io.ByteArrayOutputStream;
import java.util.function.Predicate;

import io.netty.buffer.ByteBuf;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.sse.SseFrame;

/**
 * A page of the log for one connection, encoded.
 *
 * @param frame its frames as one
 * @param position the position that the connection has reached with it
 */
record CatchUpPage(SseFrame frame, long position) {

	/** Collects events until the page is full. */
	static final class Builder<E> {

		/** The next page is requested when the client has taken this one. */
		private static final int MAX_BYTES = 64 * 1024;

		private final LiveTail<E> tail;

		private final Predicate<E> predicate;

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private long position;

		private long lastWrittenPosition;

		private int count;

		private int readCount;

		Builder(LiveTail<E> tail, Predicate<E> predicate, long position) {
			this.tail = tail;
			this.predicate = predicate;
			this.position = position;
			this.lastWrittenPosition = position;
		}

		/**
		 * Add an event if it matches.
		 * @return whether the page is full
		 */
		boolean add(EventEnvelope<E> envelope) {
			this.readCount++;
			this.position = envelope.position();
			if (this.predicate.test(envelope.event())) {
				append(this.tail.frame(envelope));
				this.lastWrittenPosition = this.position;
			}
			return this.bytes.size() >= MAX_BYTES;
		}

		private void append(SseFrame frame) {
			ByteBuf shared = frame.retainedDuplicate();
			byte[] copy = new byte[shared.readableBytes()];
			shared.readBytes(copy);
			this.bytes.writeBytes(copy);
			this.count += frame.count();
			shared.release();
			frame.release();
		}

		/**
		 * Build the page. Its last id is always the position reached, so that a client
		 * whose filter matches few events also knows how far it is.
		 * @param limit the number of events requested; if fewer were read, there were no
		 * more up to {@code upTo}
		 * @param upTo the end of the range that was read
		 */
		CatchUpPage build(int limit, long upTo) {
			if (this.readCount < limit && this.bytes.size() < MAX_BYTES) {
				this.position = Math.max(this.position, upTo);
			}
			if (this.lastWrittenPosition != this.position) {
				append(SseFrame.heartbeat(this.tail.cursor(this.position)));
			}
			return new CatchUpPage(SseFrame.wrap(this.bytes.toByteArray(), this.count), this.position);
		}

	}

}
