package lectern.progress.model;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading.Open;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingEvent.PositionReported;

/** Whether a report moves the position. It is kept in any case. */
final class ReportRules {

	/**
	 * So many are remembered of one reading: enough for a person, a bound for a program.
	 */
	private static final int DEVICES = 20;

	private ReportRules() {
	}

	/** A report that is sent again has been kept already. */
	static Decision decide(ReportPosition command, Open open) {
		Position position = command.position();
		DeviceClock clock = command.clock();
		if (open.reports().contain(position, clock)) {
			return Accepted.ALREADY;
		}
		return Accepted.with(report(position, DeviceClock.SILENT.equals(clock) ? null : clock, command.policy(), open));
	}

	/**
	 * A report as it would have been decided on had it come at another time. What its
	 * clock said is left out: it tells repeats, and these were told.
	 */
	static PositionReported anew(PositionReported event, Open open) {
		return report(event.position(), null, Policy.LATEST, open);
	}

	private static PositionReported report(Position position, @Nullable DeviceClock clock, Policy policy, Open open) {
		Unmoved unmoved = unmoved(position, policy, open);
		return new PositionReported(position, clock, unmoved == null, unmoved, isFurthest(position, open),
				devices(position.device(), open.devices()));
	}

	/** What comes late is kept, but the reader is no longer there. */
	private static @Nullable Unmoved unmoved(Position reported, Policy policy, Open open) {
		if (isFromBeforeRestore(reported, open)) {
			return Unmoved.OCCURRED_BEFORE_RESTORE;
		}
		Position current = open.position();
		if (current != null && isBefore(reported, current.occurredAt())) {
			return Unmoved.OCCURRED_BEFORE_CURRENT;
		}
		boolean back = current != null && !reported.isFurtherThan(current.fraction());
		return (back && policy == Policy.FURTHEST) ? Unmoved.NOT_FURTHER : null;
	}

	/** What was undone by a restore has not been reached, whenever it is told. */
	private static boolean isFurthest(Position reported, Open open) {
		return !isFromBeforeRestore(reported, open)
				&& (open.furthest() == null || reported.isFurtherThan(open.furthest().fraction()));
	}

	private static boolean isFromBeforeRestore(Position reported, Open open) {
		return open.restoredAt() != null && isBefore(reported, open.restoredAt());
	}

	private static boolean isBefore(Position reported, Instant instant) {
		return reported.occurredAt().isBefore(instant);
	}

	private static @Nullable List<Device> devices(@Nullable Device device, List<Device> known) {
		if (device == null || known.contains(device)) {
			return null;
		}
		List<Device> others = known.stream().filter((other) -> !other.id().equals(device.id())).toList();
		return Stream.concat(others.stream().skip(Math.max(0, others.size() + 1 - DEVICES)), Stream.of(device))
			.toList();
	}

	static Open evolve(Open open, PositionReported event) {
		return open
			.with(event.moved() ? event.position() : open.position(),
					event.furthest() ? event.position() : open.furthest())
			.with((event.devices() != null) ? event.devices() : open.devices(),
					open.reports().and(event.position(), event.clock()));
	}

}
