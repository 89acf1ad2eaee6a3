package lectern.progress.eventlog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import lectern.streaming.log.Cursor;

/** A point in time up to which a log is considered, as a cursor or an instant. */
public sealed interface PointInTime {

	/**
	 * Parse a point in time. An instant is cut off to microseconds, as the log has them.
	 * @param text a cursor, or an instant in the form of RFC 3339
	 * @return empty if the text is neither
	 */
	static Optional<PointInTime> parse(String text) {
		Optional<Cursor> cursor = Cursor.parse(text);
		if (cursor.isPresent()) {
			return cursor.map(AtCursor::new);
		}
		try {
			return Optional.of(new AtInstant(Instant.parse(text).truncatedTo(ChronoUnit.MICROS)));
		}
		catch (DateTimeException _) {
			return Optional.empty();
		}
	}

	/** Whether an event was stored at this point in time. */
	boolean includes(StoredEvent event);

	/**
	 * Whether this point in time is in the past of a log.
	 * @param latest the last cursor of the log
	 * @param now the current time
	 */
	boolean hasPassed(Cursor latest, Instant now);

	/** The time at which the event of a cursor was the last one. */
	record AtCursor(Cursor cursor) implements PointInTime {

		@Override
		public boolean includes(StoredEvent event) {
			return event.position() <= this.cursor.position();
		}

		@Override
		public boolean hasPassed(Cursor latest, Instant now) {
			return this.cursor.epoch().equals(latest.epoch()) && this.cursor.position() <= latest.position();
		}

	}

	/** An instant by the clock of the log, that of {@code receivedAt}. */
	record AtInstant(Instant instant) implements PointInTime {

		@Override
		public boolean includes(StoredEvent event) {
			return !event.receivedAt().isAfter(this.instant);
		}

		@Override
		public boolean hasPassed(Cursor latest, Instant now) {
			return !this.instant.isAfter(now);
		}

	}

}
