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
record RecentReports(List<Position> latest) {

	static final RecentReports NONE = new RecentReports(List.of());

	/** More than a device sends again after an answer was lost. */
	static final int CAPACITY = 128;

	RecentReports {
		latest = List.copyOf(latest);
	}

	boolean contains(Position position, DeviceClock clock) {
		Position sent = withReportedTime(position, clock);
		return sent != null && this.latest.contains(sent);
	}

	RecentReports plus(Position position, @Nullable DeviceClock clock) {
		Position sent = withReportedTime(position, clock);
		return (sent == null) ? this
				: new RecentReports(Stream
					.concat(this.latest.stream().skip(Math.max(0, this.latest.size() + 1 - CAPACITY)), Stream.of(sent))
					.toList());
	}

	/** With the time that the device said: what it is corrected to depends on the way. */
	private static @Nullable Position withReportedTime(Position position, @Nullable DeviceClock clock) {
		return (clock == null || clock.occurredAt() == null) ? null : position.at(clock.occurredAt());
	}

}
