package lectern.progress.model;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading.Open;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingEvent.PositionReported;
import org.jspecify.annotations.Nullable;

/** Whether a report moves the position. It is kept in any case. */
final class PositionReportPolicy {

	/**
	 * So many are remembered of one reading: enough for a person, a bound for a program.
	 */
	private static final int MAX_DEVICES = 20;

	private PositionReportPolicy() {
	}

	/** A report that is sent again has been kept already. */
	static Decision decide(ReportPosition command, Open open) {
		Position position = command.position();
		DeviceClock clock = command.clock();
		if (open.reports().contains(position, clock)) {
			return Accepted.NO_CHANGE;
		}
		return Accepted
			.with(report(position, DeviceClock.UNKNOWN.equals(clock) ? null : clock, command.updateMode(), open));
	}

	/**
	 * A report as it would have been decided on had it come at another time. What its
	 * clock said is left out: it tells repeats, and these were told.
	 */
	static PositionReported reevaluate(PositionReported event, Open open) {
		return report(event.position(), null, PositionUpdateMode.LATEST, open);
	}

	private static PositionReported report(Position position, @Nullable DeviceClock clock, PositionUpdateMode policy,
			Open open) {
		IgnoredReason unmoved = ignoredReason(position, policy, open);
		return new PositionReported(position, clock, unmoved == null, unmoved, isFurthest(position, open),
				devices(position.device(), open.devices()));
	}

	/** What comes late is kept, but the reader is no longer there. */
	private static @Nullable IgnoredReason ignoredReason(Position reported, PositionUpdateMode policy, Open open) {
		if (isFromBeforeRestore(reported, open)) {
			return IgnoredReason.OCCURRED_BEFORE_RESTORE;
		}
		Position current = open.position();
		if (current != null && isBefore(reported, current.occurredAt())) {
			return IgnoredReason.OCCURRED_BEFORE_CURRENT;
		}
		boolean back = current != null && !reported.isFurtherThan(current.fraction());
		return (back && policy == PositionUpdateMode.FURTHEST) ? IgnoredReason.NOT_FURTHER : null;
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
		return Stream.concat(others.stream().skip(Math.max(0, others.size() + 1 - MAX_DEVICES)), Stream.of(device))
			.toList();
	}

	static Open evolve(Open open, PositionReported event) {
		return open
			.with(event.moved() ? event.position() : open.position(),
					event.furthest() ? event.position() : open.furthest())
			.with((event.devices() != null) ? event.devices() : open.devices(),
					open.reports().plus(event.position(), event.clock()));
	}

}
