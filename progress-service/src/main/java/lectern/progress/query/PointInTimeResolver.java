package lectern.progress.query;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Pattern;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.PointInTime;
import lectern.progress.eventlog.PointInTime.AtCursor;
import lectern.progress.eventlog.PointInTime.AtInstant;
import lectern.streaming.log.Cursor;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Resolves parameters that accept a cursor or an instant of the past. */
@Component
public class PointInTimeResolver {

	private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

	private final EventLog log;

	private final Clock clock;

	public PointInTimeResolver(EventLog log, Clock clock) {
		this.log = log;
		this.clock = clock;
	}

	/**
	 * Resolve the cursor of the last event that had been received by then; the beginning
	 * of the log if there is none.
	 * @param parameter the name of the parameter, for problems
	 * @param text a cursor, or an instant in the form of RFC 3339
	 * @return cold; fails with a {@link Problem} if the text is neither, or lies in the
	 * future
	 */
	public Mono<Cursor> resolveCursor(String parameter, String text) {
		return resolvePast(parameter, text).flatMap((pointInTime) -> switch (pointInTime) {
			case AtCursor at -> Mono.just(at.cursor());
			case AtInstant at -> this.log.cursorAt(at.instant());
		});
	}

	/**
	 * Resolve a cursor, also from a date, which means the beginning of that day.
	 * @param parameter the name of the parameter, for problems
	 * @param text a cursor, an instant in the form of RFC 3339, or a date
	 * @param zone the time zone of dates; null if dates are not possible without one
	 * @return cold; fails as {@link #resolveCursor(String, String)}
	 */
	public Mono<Cursor> resolveCursor(String parameter, String text, @Nullable ZoneId zone) {
		return Mono.defer(() -> resolveCursor(parameter, toInstantText(parameter, text, zone)));
	}

	/**
	 * Resolve a cursor at which a read model can be computed.
	 * @param parameter the name of the parameter, for problems
	 * @param text a cursor, or an instant in the form of RFC 3339
	 * @return cold; fails as {@link #resolveCursor}, and also for an instant before the
	 * log began, because the state at that time is unknown
	 */
	public Mono<Cursor> resolveCursorWithinLog(String parameter, String text) {
		return resolveCursor(parameter, text).flatMap((cursor) -> {
			boolean beforeLog = cursor.position() == 0 && Cursor.parse(text).isEmpty();
			return beforeLog ? this.log.cursor()
				.filter((latest) -> latest.position() == 0)
				.switchIfEmpty(Mono.error(() -> Problem.invalidParameter(parameter,
						"is before the log began; the state at that time is unknown")))
					: Mono.just(cursor);
		});
	}

	/**
	 * Resolve the instant itself, or the one at which the event of a cursor was received.
	 * @param parameter the name of the parameter, for problems
	 * @param text a cursor, or an instant in the form of RFC 3339
	 * @return cold; fails as {@link #resolveCursor}
	 */
	public Mono<Instant> resolveInstant(String parameter, String text) {
		return resolvePast(parameter, text).flatMap((pointInTime) -> switch (pointInTime) {
			case AtCursor at -> this.log.receivedAt(at.cursor());
			case AtInstant at -> Mono.just(at.instant());
		});
	}

	/**
	 * Resolve an instant, also from a date, which means the beginning of that day.
	 * @param parameter the name of the parameter, for problems
	 * @param text a cursor, an instant in the form of RFC 3339, or a date
	 * @param zone the time zone of dates; null if dates are not possible without one
	 * @return cold; fails as {@link #resolveCursor(String, String)}
	 */
	public Mono<Instant> resolveInstant(String parameter, String text, @Nullable ZoneId zone) {
		return Mono.defer(() -> resolveInstant(parameter, toInstantText(parameter, text, zone)));
	}

	private static String toInstantText(String parameter, String text, @Nullable ZoneId zone) {
		if (!DATE.matcher(text).matches()) {
			return text;
		}
		if (zone == null) {
			throw Problem.invalidParameter(parameter, "is a date, which needs the parameter " + ZoneParameter.NAME);
		}
		try {
			return LocalDate.parse(text).atStartOfDay(zone).toInstant().toString();
		}
		catch (DateTimeException _) {
			throw Problem.invalidParameter(parameter, "is not a date of the calendar");
		}
	}

	private Mono<PointInTime> resolvePast(String parameter, String text) {
		return Mono.defer(() -> {
			PointInTime pointInTime = PointInTime.parse(text)
				.orElseThrow(() -> Problem.invalidParameter(parameter,
						"must be a cursor of this log, or an instant such as 2026-01-31T12:00:00Z"));
			return this.log.cursor().map((latest) -> {
				if (pointInTime instanceof AtCursor at && !at.cursor().epoch().equals(latest.epoch())) {
					throw Problem.invalidParameter(parameter, "is a cursor of another log");
				}
				if (!pointInTime.hasPassed(latest, this.clock.instant())) {
					throw Problem.invalidParameter(parameter, "is in the future");
				}
				return pointInTime;
			});
		});
	}

}
