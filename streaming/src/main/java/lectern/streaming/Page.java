package lectern.streaming;

import java.io.ByteArrayOutputStream;
import java.util.function.Predicate;

import io.netty.buffer.ByteBuf;

/**
 * A page of the log for one subscriber, as it will be written.
 *
 * @param frame its frames as one
 * @param position the place that it leads to
 */
record Page(Frame frame, long position) {

	/** Gathers events until it is full. */
	static final class Builder<E> {

		/** Room for the next page is asked for when the client has taken this one. */
		private static final int FULL = 64 * 1024;

		private final Live<E> log;

		private final Predicate<E> wanted;

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private long position;

		private long shown;

		private int count;

		private int read;

		Builder(Live<E> log, Predicate<E> wanted, long position) {
			this.log = log;
			this.wanted = wanted;
			this.position = position;
			this.shown = position;
		}

		/**
		 * Add an event if it is wanted.
		 * @return whether the page is full
		 */
		boolean add(Entry<E> entry) {
			this.read++;
			this.position = entry.position();
			if (this.wanted.test(entry.event())) {
				append(this.log.frame(entry));
				this.shown = this.position;
			}
			return this.bytes.size() >= FULL;
		}

		private void append(Frame frame) {
			ByteBuf shared = frame.share();
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
		Page build(int asked, long upTo) {
			if (this.read < asked && this.bytes.size() < FULL) {
				this.position = Math.max(this.position, upTo);
			}
			if (this.shown != this.position) {
				append(Frame.heartbeat(this.log.cursor(this.position)));
			}
			return new Page(Frame.relayed(this.bytes.toByteArray(), this.count), this.position);
		}

	}

}
