package lectern.progress.model;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The latest reports that said when they occurred, by which one that is sent again is
 * known. One older than all of these that comes again is kept again, and moves nothing.
 *
 * @param latest as they were sent, the newest last
 */
record Reports(List<Position> latest) {

	static final Reports NONE = new Reports(List.of());

	/** More than a device sends again after an answer was lost. */
	static final int REMEMBERED = 128;

	Reports {
		latest = List.copyOf(latest);
	}

	boolean contain(Position position, DeviceClock clock) {
		Position sent = sent(position, clock);
		return sent != null && this.latest.contains(sent);
	}

	Reports and(Position position, @Nullable DeviceClock clock) {
		Position sent = sent(position, clock);
		return (sent == null) ? this
				: new Reports(Stream
					.concat(this.latest.stream().skip(Math.max(0, this.latest.size() + 1 - REMEMBERED)),
							Stream.of(sent))
					.toList());
	}

	/** With the time that the device said: what it is corrected to depends on the way. */
	private static @Nullable Position sent(Position position, @Nullable DeviceClock clock) {
		return (clock == null || clock.occurredAt() == null) ? null : position.at(clock.occurredAt());
	}

}
