package lectern.progress.model;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading.Closed;
import lectern.progress.model.Reading.Open;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingEvent.PositionReported;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a report moves the position. A report that does not is stored as well.
 */
final class PositionReportPolicy {

	/**
	 * The devices kept for each reading: enough for a person, and a bound for a program.
	 */
	private static final int MAX_DEVICES = 20;

	private PositionReportPolicy() {
	}

	/** Decide on a report; one that was sent before changes nothing. */
	static Decision decide(ReportPosition command, Open open) {
		EventTime time = command.time(open.startedAt())
			.notBefore((open.position() != null) ? open.position().occurredAt() : null)
			.notBefore(open.restoredAt());
		Position position = command.position(time);
		if (open.reports().contains(position, command.clock())) {
			return Accepted.NO_CHANGE;
		}
		return Accepted.with(report(position, time.clock(), command.updateMode(), open));
	}

	/**
	 * Decide on a report that is received when the reading has ended. It is stored if the
	 * reading had not ended when it occurred, but the reading stays as it was: the reader
	 * has looked at it since. A device whose clock has whole seconds may report at the
	 * instant of the end. A report without a time of its own occurs now, after the end.
	 * @param ignored why a stored report does not move the position
	 * @param rejection of a report that occurred after the end
	 */
	static Decision decide(ReportPosition command, Closed closed, IgnoredReason ignored, Rejection rejection) {
		Open open = closed.open();
		EventTime time = command.time(open.startedAt());
		Position position = command.position(time);
		if (open.reports().contains(position, command.clock())) {
			return Accepted.NO_CHANGE;
		}
		if (!time.isFromDevice() || time.occurredAt().isAfter(closed.at())) {
			return rejection;
		}
		return Accepted.with(new PositionReported(position, time.clock(), false, ignored, false,
				devices(position.device(), open.devices())));
	}

	/**
	 * The report as it would have been stored had it been received in another order. The
	 * times of the device are left out: they serve to detect repeated reports, which was
	 * done when the report was received.
	 */
	static PositionReported reevaluate(PositionReported event, Open open) {
		return report(event.position(), null, PositionUpdateMode.LATEST, open);
	}

	private static PositionReported report(Position position, @Nullable DeviceClock clock, PositionUpdateMode mode,
			Open open) {
		IgnoredReason ignored = ignoredReason(position, mode, open);
		return new PositionReported(position, clock, ignored == null, ignored, isFurthest(position, open),
				devices(position.device(), open.devices()));
	}

	/** A late report does not move the position: the reader is no longer there. */
	private static @Nullable IgnoredReason ignoredReason(Position reported, PositionUpdateMode mode, Open open) {
		if (isFromBeforeRestore(reported, open)) {
			return IgnoredReason.OCCURRED_BEFORE_RESTORE;
		}
		Position current = open.position();
		if (current != null && isBefore(reported, current.occurredAt())) {
			return IgnoredReason.OCCURRED_BEFORE_CURRENT;
		}
		boolean backward = current != null && !reported.isFurtherThan(current.fraction());
		return (backward && mode == PositionUpdateMode.FURTHEST) ? IgnoredReason.NOT_FURTHER : null;
	}

	/** Positions from before a restore do not count, whenever they are reported. */
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
