package lectern.streaming.live;

import java.io.ByteArrayOutputStream;
import java.util.function.Predicate;

import io.netty.buffer.ByteBuf;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.sse.SseFrame;

/**
 * A page of the log for one subscriber, as it will be written.
 *
 * @param frame its frames as one
 * @param position the place that it leads to
 */
record CatchUpPage(SseFrame frame, long position) {

	/** Gathers events until it is full. */
	static final class Builder<E> {

		/** Room for the next page is asked for when the client has taken this one. */
		private static final int MAX_BYTES = 64 * 1024;

		private final LiveTail<E> tail;

		private final Predicate<E> predicate;

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private long position;

		private long lastWrittenPosition;

		private int count;

		private int readCount;

		Builder(LiveTail<E> log, Predicate<E> wanted, long position) {
			this.tail = log;
			this.predicate = wanted;
			this.position = position;
			this.lastWrittenPosition = position;
		}

		/**
		 * Add an event if it is wanted.
		 * @return whether the page is full
		 */
		boolean add(EventEnvelope<E> entry) {
			this.readCount++;
			this.position = entry.position();
			if (this.predicate.test(entry.event())) {
				append(this.tail.frame(entry));
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
		 * The page. Its last id is always the place it leads to, so that who wants little
		 * of a long log also knows how far it has come.
		 * @param asked how many events were asked for: fewer mean that there are no more
		 * @param upTo where the log was read to in that case
		 */
		CatchUpPage build(int asked, long upTo) {
			if (this.readCount < asked && this.bytes.size() < MAX_BYTES) {
				this.position = Math.max(this.position, upTo);
			}
			if (this.lastWrittenPosition != this.position) {
				append(SseFrame.heartbeat(this.tail.cursor(this.position)));
			}
			return new CatchUpPage(SseFrame.wrap(this.bytes.toByteArray(), this.count), this.position);
		}

	}

}
