package lectern.progress.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The most recent reports that carried the time of the device, for detecting a report
 * that is sent again. A repeated report that is older than all of these is stored again,
 * but does not move the position.
 *
 * @param latest the reports as they were sent, the newest last
 */
record RecentReports(List<Position> latest) {

	static final RecentReports NONE = new RecentReports(List.of());

	/** More than a device sends again after a lost response. */
	static final int CAPACITY = 128;

	RecentReports {
		latest = List.copyOf(latest);
	}

	boolean contains(Position position, DeviceClock clock) {
		Position sent = withReportedTime(position, clock);
		return sent != null && this.latest.contains(sent);
	}

	/**
	 * Whether a page was reported before. Its fraction may have been another one, that of
	 * the edition before.
	 */
	boolean containsPage(Position position, DeviceClock clock) {
		Position sent = withReportedTime(position, clock);
		return sent != null
				&& this.latest.stream().anyMatch((report) -> report.withFraction(sent.fraction()).equals(sent));
	}

	/** Copies arrays instead of using streams: this runs several times for a report. */
	RecentReports plus(Position position, @Nullable DeviceClock clock) {
		Position sent = withReportedTime(position, clock);
		if (sent == null) {
			return this;
		}
		int kept = Math.min(this.latest.size(), CAPACITY - 1);
		Position[] next = this.latest.subList(this.latest.size() - kept, this.latest.size())
			.toArray(new Position[kept + 1]);
		next[kept] = sent;
		return new RecentReports(List.of(next));
	}

	/**
	 * With the time of the device: the corrected time differs each time a report is sent.
	 */
	private static @Nullable Position withReportedTime(Position position, @Nullable DeviceClock clock) {
		return (clock == null || clock.occurredAt() == null) ? null : position.at(clock.occurredAt());
	}

}
