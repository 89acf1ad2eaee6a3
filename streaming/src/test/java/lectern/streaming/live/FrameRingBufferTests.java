package lectern.streaming.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import lectern.streaming.live.FrameRingBuffer.Slot;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.sse.SseFrame;
import org.junit.jupiter.api.Test;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class FrameRingBufferTests {

	private final FrameRingBuffer<String> ring = new FrameRingBuffer<>(4, 1_000, 10);

	private final List<Slot<String>> slots = new ArrayList<>();

	private final List<SseFrame> frames = new ArrayList<>();

	@Test
	void readsEventsAfterPosition() {
		add(11, 12, 13);
		assertThat(readAfter(10)).containsExactly(11L, 12L, 13L);
		assertThat(readAfter(12)).containsExactly(13L);
		assertThat(readAfter(13)).isEmpty();
	}

	@Test
	void positionAheadOfLastReadsNothing() {
		add(11);
		assertThat(readAfter(20)).isEmpty();
	}

	@Test
	void emptyBufferIsOverrunBeforeItsStart() {
		assertThat(readAfter(10)).isEmpty();
		assertThat(this.ring.read(9, this.slots)).isEqualTo(FrameRingBuffer.OVERRUN);
	}

	@Test
	void overwrittenPositionIsOverrun() {
		add(11, 12, 13, 14, 15, 16);
		assertThat(this.ring.read(11, this.slots)).isEqualTo(FrameRingBuffer.OVERRUN);
		assertThat(readAfter(12)).containsExactly(13L, 14L, 15L, 16L);
	}

	@Test
	void positionBeforeStartIsOverrun() {
		add(11);
		assertThat(this.ring.read(9, this.slots)).isEqualTo(FrameRingBuffer.OVERRUN);
	}

	@Test
	void findsPositionOfInstant() {
		addAt(11, 1_000);
		addAt(12, 1_000);
		addAt(13, 3_000);
		assertThat(this.ring.positionAt(Instant.ofEpochMilli(1_000))).isEqualTo(12);
		assertThat(this.ring.positionAt(Instant.ofEpochMilli(2_999))).isEqualTo(12);
		assertThat(this.ring.positionAt(Instant.ofEpochMilli(9_000))).isEqualTo(13);
	}

	@Test
	void instantBeforeFirstEventIsOverrun() {
		assertThat(this.ring.positionAt(Instant.ofEpochMilli(1_000))).isEqualTo(FrameRingBuffer.OVERRUN);
		for (int position = 11; position <= 16; position++) {
			addAt(position, position * 1_000);
		}
		assertThat(this.ring.positionAt(Instant.ofEpochMilli(12_999))).isEqualTo(FrameRingBuffer.OVERRUN);
		assertThat(this.ring.positionAt(Instant.ofEpochMilli(13_000))).isEqualTo(13);
	}

	@Test
	void readsAcrossGapsInPositions() {
		add(14, 20, 21);
		assertThat(readAfter(10)).containsExactly(14L, 20L, 21L);
		assertThat(readAfter(17)).containsExactly(20L, 21L);
		add(30, 40);
		assertThat(readAfter(17)).as("there is no event between 14 and 20").containsExactly(20L, 21L, 30L, 40L);
		assertThat(this.ring.read(13, this.slots)).isEqualTo(FrameRingBuffer.OVERRUN);
	}

	@Test
	void dropsOldestFramesOverByteLimit() {
		FrameRingBuffer<String> narrow = new FrameRingBuffer<>(4, 100, 0);
		for (int position = 1; position <= 3; position++) {
			narrow.add(envelope(position), SseFrame.event(cursor(position), new byte[40]));
		}
		assertThat(narrow.read(1, this.slots)).isEqualTo(FrameRingBuffer.OVERRUN);
		assertThat(narrow.read(2, this.slots)).isEqualTo(1);
		narrow.add(envelope(4), SseFrame.event(cursor(4), new byte[400]));
		assertThat(narrow.read(3, this.slots)).as("the latest frame is kept however large it is").isEqualTo(1);
	}

	@Test
	void overwrittenFrameIsReleasedAfterItsReaders() {
		add(11);
		assertThat(this.ring.read(10, this.slots)).isEqualTo(1);
		add(12, 13, 14, 15);
		assertThat(this.frames.getFirst().retain()).as("the reader has retained it").isTrue();
		this.slots.getFirst().frame().release();
		this.slots.getFirst().frame().release();
		assertThat(this.frames.getFirst().retain()).isFalse();
	}

	@Test
	void frameThatNobodyUsesIsNeverEncoded() {
		AtomicInteger encodings = new AtomicInteger();
		for (int position = 11; position <= 20; position++) {
			this.ring.add(envelope(position), SseFrame.lazyEvent(cursor(position), () -> {
				encodings.incrementAndGet();
				return new byte[] { '1' };
			}));
			assertThat(this.ring.read(position - 1, this.slots)).isEqualTo(1);
			this.slots.forEach((slot) -> slot.frame().release());
		}
		assertThat(encodings).hasValue(0);
	}

	@Test
	void clearReleasesAllFrames() {
		add(11, 12);
		this.ring.clear();
		assertThat(this.frames).noneMatch(SseFrame::retain);
		assertThat(this.ring.read(10, this.slots)).isEqualTo(FrameRingBuffer.OVERRUN);
		assertThat(readAfter(12)).isEmpty();
	}

	@Test
	void frameAddedAfterCloseIsReleased() {
		add(11);
		this.ring.close();
		add(12);
		assertThat(this.frames).hasSize(2).noneMatch(SseFrame::retain);
		assertThat(this.ring.lastPosition()).isEqualTo(11);
	}

	@Test
	void closeWhileAnotherThreadAddsReleasesAllFrames() throws InterruptedException {
		for (int round = 0; round < 200; round++) {
			FrameRingBuffer<String> closing = new FrameRingBuffer<>(4, 1_000, 0);
			List<SseFrame> added = new ArrayList<>();
			CountDownLatch adding = new CountDownLatch(1);
			Thread adder = Thread.ofPlatform().start(() -> {
				for (int position = 1; position <= 50; position++) {
					SseFrame frame = SseFrame.event(cursor(position), new byte[] { '1' });
					added.add(frame);
					closing.add(envelope(position), frame);
					adding.countDown();
				}
			});
			assertThat(adding.await(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
			closing.close();
			assertThat(adder.join(HANG_LIMIT)).isTrue();
			assertThat(added).noneMatch(SseFrame::retain);
		}
	}

	private void add(long... positions) {
		for (long position : positions) {
			SseFrame frame = SseFrame.event(cursor(position), new byte[] { '1' });
			this.frames.add(frame);
			this.ring.add(envelope(position), frame);
		}
	}

	private void addAt(long position, long epochMillis) {
		SseFrame frame = SseFrame.event(cursor(position), new byte[] { '1' });
		this.ring.add(new EventEnvelope<>(position, Instant.ofEpochMilli(epochMillis), "event"), frame);
	}

	private List<Long> readAfter(long position) {
		assertThat(this.ring.read(position, this.slots)).isEqualTo(this.slots.size());
		this.slots.forEach((slot) -> slot.frame().release());
		return this.slots.stream().map((slot) -> slot.envelope().position()).toList();
	}

	private static EventEnvelope<String> envelope(long position) {
		return new EventEnvelope<>(position, Instant.EPOCH, "event " + position);
	}

	private static Cursor cursor(long position) {
		return new Cursor("epoch000", position);
	}

}
