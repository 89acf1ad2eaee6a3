package lectern.streaming;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import lectern.streaming.Ring.Slot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RingTests {

	private final Ring<String> ring = new Ring<>(4, 1_000, 10);

	private final List<Slot<String>> read = new ArrayList<>();

	private final List<Frame> frames = new ArrayList<>();

	@Test
	void givesWhatComesAfterAPlace() {
		add(11, 12, 13);
		assertThat(after(10)).containsExactly(11L, 12L, 13L);
		assertThat(after(12)).containsExactly(13L);
		assertThat(after(13)).isEmpty();
	}

	@Test
	void aPlaceAheadOfItIsSimplyNotReached() {
		add(11);
		assertThat(after(20)).isEmpty();
	}

	@Test
	void anEmptyOneIsReadFromWhereItBegins() {
		assertThat(after(10)).isEmpty();
		assertThat(this.ring.read(9, this.read)).isEqualTo(Ring.FALLEN_OFF);
	}

	@Test
	void whoeverIsTooLateHasFallenOff() {
		add(11, 12, 13, 14, 15, 16);
		assertThat(this.ring.read(11, this.read)).isEqualTo(Ring.FALLEN_OFF);
		assertThat(after(12)).containsExactly(13L, 14L, 15L, 16L);
	}

	@Test
	void whatIsOlderThanItsBeginningWasNeverInIt() {
		add(11);
		assertThat(this.ring.read(9, this.read)).isEqualTo(Ring.FALLEN_OFF);
	}

	@Test
	void positionsMayHaveHoles() {
		add(14, 20, 21);
		assertThat(after(10)).containsExactly(14L, 20L, 21L);
		assertThat(after(17)).containsExactly(20L, 21L);
		add(30, 40);
		assertThat(after(17)).as("nothing between 14 and 20 was missed").containsExactly(20L, 21L, 30L, 40L);
		assertThat(this.ring.read(13, this.read)).isEqualTo(Ring.FALLEN_OFF);
	}

	@Test
	void itsBytesAreBoundedToo() {
		Ring<String> narrow = new Ring<>(4, 100, 0);
		for (int at = 1; at <= 3; at++) {
			narrow.add(entry(at), Frame.event(cursor(at), new byte[40]));
		}
		assertThat(narrow.read(1, this.read)).isEqualTo(Ring.FALLEN_OFF);
		assertThat(narrow.read(2, this.read)).isEqualTo(1);
		narrow.add(entry(4), Frame.event(cursor(4), new byte[400]));
		assertThat(narrow.read(3, this.read)).as("the latest is kept however large").isEqualTo(1);
	}

	@Test
	void whatIsOverwrittenIsReleasedButNotUnderAReader() {
		add(11);
		assertThat(this.ring.read(10, this.read)).isEqualTo(1);
		add(12, 13, 14, 15);
		assertThat(this.frames.getFirst().retain()).as("the reader holds on to it").isTrue();
		this.read.getFirst().frame().release();
		this.read.getFirst().frame().release();
		assertThat(this.frames.getFirst().retain()).isFalse();
	}

	@Test
	void clearingReleasesAll() {
		add(11, 12);
		this.ring.clear();
		assertThat(this.frames).noneMatch(Frame::retain);
		assertThat(this.ring.read(10, this.read)).isEqualTo(Ring.FALLEN_OFF);
		assertThat(after(12)).isEmpty();
	}

	private void add(long... positions) {
		for (long position : positions) {
			Frame frame = Frame.event(cursor(position), new byte[] { '1' });
			this.frames.add(frame);
			this.ring.add(entry(position), frame);
		}
	}

	private List<Long> after(long position) {
		assertThat(this.ring.read(position, this.read)).isEqualTo(this.read.size());
		this.read.forEach((slot) -> slot.frame().release());
		return this.read.stream().map((slot) -> slot.entry().position()).toList();
	}

	private static Entry<String> entry(long position) {
		return new Entry<>(position, Instant.EPOCH, "event " + position);
	}

	private static Cursor cursor(long position) {
		return new Cursor("epoch000", position);
	}

}
