package lectern.progress.eventlog;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

import lectern.streaming.log.Cursor;

/** A moment in a log's past, after which nothing has happened yet. */
public sealed interface PointInTime {

	/**
	 * Read a moment.
	 * @param text a cursor, or an instant in the form of RFC 3339; empty if it is neither
	 */
	static Optional<PointInTime> parse(String text) {
		Optional<Cursor> cursor = Cursor.parse(text);
		if (cursor.isPresent()) {
			return cursor.map(AtCursor::new);
		}
		try {
			return Optional.of(new AtInstant(Instant.parse(text)));
		}
		catch (DateTimeException _) {
			return Optional.empty();
		}
	}

	/** Whether an event had happened by then. */
	boolean includes(StoredEvent event);

	/**
	 * Whether it is in the past of a log.
	 * @param latest the log's last cursor
	 */
	boolean hasPassed(Cursor latest, Instant now);

	/** When an event was the last. */
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

	/** What was known at an instant. */
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
