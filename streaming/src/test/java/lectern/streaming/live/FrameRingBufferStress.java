package lectern.streaming.live;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.sse.SseFrame;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * What readers may see of a ring while it is written. jcstress runs it some million
 * times; {@link FrameRingBufferStressTests} starts jcstress.
 *
 * <p>
 * A result consists of the numbers of frames read in two consecutive reads:
 * {@link #OVERRUN} if the next frame had been overwritten, {@link #WRONG_FRAME} if a
 * frame was not the next one.
 */
final class FrameRingBufferStress {

	static final int OVERRUN = -1;

	static final int WRONG_FRAME = -2;

	private FrameRingBufferStress() {
	}

	/** Nothing is overwritten: a reader gets some frames, in order, and nothing else. */
	@JCStressTest
	@Outcome(id = { "0, [0-3]", "1, [0-2]", "2, [01]", "3, 0" }, expect = Expect.ACCEPTABLE,
			desc = "some frames, then more")
	@Outcome(expect = Expect.FORBIDDEN, desc = "a gap, a wrong frame or a frame twice")
	@State
	public static class Growing {

		private final FrameRingBuffer<String> ring = new FrameRingBuffer<>(4, 1_000, 0);

		@Actor
		public void write() {
			add(this.ring, 1, 3);
		}

		@Actor
		public void read(II_Result result) {
			RingBufferReader reader = new RingBufferReader(this.ring);
			result.r1 = reader.read();
			result.r2 = reader.read();
		}

	}

	/** Frames are overwritten during the read: a reader gets some, or an overrun. */
	@JCStressTest
	@Outcome(id = { "-1, -1", "1, -1", "2, [0-2]" }, expect = Expect.ACCEPTABLE, desc = "some frames, or an overrun")
	@Outcome(expect = Expect.FORBIDDEN, desc = "a later frame instead of an earlier one")
	@State
	public static class Overwriting {

		private final FrameRingBuffer<String> ring = new FrameRingBuffer<>(2, 1_000, 0);

		public Overwriting() {
			add(this.ring, 1, 2);
		}

		@Actor
		public void write() {
			add(this.ring, 3, 4);
		}

		@Actor
		public void read(II_Result result) {
			RingBufferReader reader = new RingBufferReader(this.ring);
			result.r1 = reader.read();
			result.r2 = reader.read();
		}

	}

	/** A reader with a position of its own. */
	private static final class RingBufferReader {

		private final FrameRingBuffer<String> ring;

		private final List<FrameRingBuffer.Slot<String>> slots = new ArrayList<>();

		private long position;

		RingBufferReader(FrameRingBuffer<String> ring) {
			this.ring = ring;
		}

		int read() {
			int count = this.ring.read(this.position, this.slots);
			boolean correct = true;
			for (FrameRingBuffer.Slot<String> slot : this.slots) {
				this.position++;
				ByteBuf bytes = slot.frame().retainedDuplicate();
				correct &= slot.envelope().position() == this.position
						&& bytes.toString(StandardCharsets.UTF_8).equals(text(this.position));
				bytes.release();
				slot.frame().release();
			}
			return correct ? count : WRONG_FRAME;
		}

	}

	private static void add(FrameRingBuffer<String> ring, long first, long last) {
		for (long position = first; position <= last; position++) {
			// On the heap, because nobody releases the frames left in the ring.
			ring.add(new EventEnvelope<>(position, Instant.EPOCH, "event"),
					SseFrame.wrap(text(position).getBytes(StandardCharsets.UTF_8), 1));
		}
	}

	private static String text(long position) {
		return "id:epoch000-" + position + "\n\n";
	}

}
