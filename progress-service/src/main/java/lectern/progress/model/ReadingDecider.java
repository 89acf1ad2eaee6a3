package lectern.progress.model;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading.NothingYet;
import lectern.progress.model.Reading.Open;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingStarted;

/**
 * The rules of reading. A decision depends on the command and on what has happened, on
 * nothing else; whatever is decided can be applied.
 */
public final class ReadingDecider {

	/**
	 * So many are remembered of one reading: enough for a person, a bound for a program.
	 */
	private static final int DEVICES = 20;

	private ReadingDecider() {
	}

	/** Decide what a command leads to; changes nothing. */
	public static Decision decide(ReadingCommand command, Reading reading) {
		return switch (command) {
			case StartReading start -> start(start, reading);
			case ReportPosition report -> report(report, reading);
		};
	}

	/** The reading after an event. */
	public static Reading evolve(Reading reading, ReadingEvent event) {
		return switch (event) {
			case ReadingStarted started ->
				new Open(started.reader(), started.book(), started.edition(), null, null, List.of());
			case PositionReported reported -> moved(reading, reported);
		};
	}

	private static Decision start(StartReading command, Reading reading) {
		return switch (reading) {
			case NothingYet _ when command.book() == null -> Rejection.UNKNOWN_BOOK;
			case NothingYet _ -> new Accepted(List.of(new ReadingStarted(command.reader(),
					Objects.requireNonNull(command.book()), command.edition(), command.receivedAt())));
			case Open open when isTheSame(command, open) -> new Accepted(List.of());
			case Open _ -> Rejection.ID_TAKEN;
		};
	}

	private static boolean isTheSame(StartReading command, Open open) {
		return open.reader().equals(command.reader()) && open.book().id().equals(command.bookId())
				&& Objects.equals(open.edition(), command.edition());
	}

	/** Somebody else's reading is treated as none: whether it exists is not told. */
	private static Decision report(ReportPosition command, Reading reading) {
		return switch (reading) {
			case Open open when open.reader().equals(command.reader()) ->
				new Accepted(List.of(reported(command.position(), command.clock(), open)));
			case Open _, NothingYet _ -> Rejection.NO_SUCH_READING;
		};
	}

	private static PositionReported reported(Position position, DeviceClock clock, Open open) {
		return new PositionReported(position, DeviceClock.SILENT.equals(clock) ? null : clock,
				isCurrent(position, open.position()), isFurthest(position, open.furthest()),
				devices(position.device(), open.devices()));
	}

	/** A report that comes late is kept, but the reader is no longer there. */
	private static boolean isCurrent(Position reported, @Nullable Position current) {
		return current == null || !reported.occurredAt().isBefore(current.occurredAt());
	}

	private static boolean isFurthest(Position reported, @Nullable Position furthest) {
		return furthest == null || reported.isFurtherThan(furthest.fraction());
	}

	private static @Nullable List<Device> devices(@Nullable Device device, List<Device> known) {
		if (device == null || known.contains(device)) {
			return null;
		}
		List<Device> others = known.stream().filter((other) -> !other.id().equals(device.id())).toList();
		return Stream.concat(others.stream().skip(Math.max(0, others.size() + 1 - DEVICES)), Stream.of(device))
			.toList();
	}

	private static Reading moved(Reading reading, PositionReported event) {
		return switch (reading) {
			case Open open ->
				new Open(open.reader(), open.book(), open.edition(), event.moved() ? event.position() : open.position(),
						event.furthest() ? event.position() : open.furthest(),
						(event.devices() != null) ? event.devices() : open.devices());
			case NothingYet _ -> throw new IllegalStateException("A reading begins by being started");
		};
	}

}
