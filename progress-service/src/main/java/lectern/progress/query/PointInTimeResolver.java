package lectern.progress.query;

import java.time.Clock;
import java.time.Instant;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.PointInTime;
import lectern.progress.eventlog.PointInTime.AtCursor;
import lectern.progress.eventlog.PointInTime.AtInstant;
import lectern.progress.eventlog.StoredEvent;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.web.Problem;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Finds what parameters mean that take a cursor or an instant of the past. */
@Component
public class PointInTimeResolver {

	private final EventLog log;

	private final Clock clock;

	public PointInTimeResolver(EventLog log, Clock clock) {
		this.log = log;
		this.clock = clock;
	}

	/**
	 * The cursor of the last event that had been received then; the beginning of the log
	 * if there is none.
	 * @param parameter whose value it is
	 * @param text a cursor, or an instant in the form of RFC 3339
	 * @return cold; fails with a {@link Problem} for what is neither, and for what has
	 * not come yet
	 */
	public Mono<Cursor> resolveCursor(String parameter, String text) {
		return resolvePast(parameter, text).flatMap((moment) -> switch (moment) {
			case AtCursor at -> Mono.just(at.cursor());
			case AtInstant at -> this.log.cursorAt(at.instant());
		});
	}

	/**
	 * The same, to be looked at from there.
	 * @return cold; fails as {@link #resolveCursor}, and for an instant from before the
	 * log began: what was then is not known
	 */
	public Mono<Cursor> resolveCursorWithinLog(String parameter, String text) {
		return resolveCursor(parameter, text).flatMap((found) -> {
			boolean before = found.position() == 0 && Cursor.parse(text).isEmpty();
			return before ? this.log.cursor()
				.filter((latest) -> latest.position() == 0)
				.switchIfEmpty(Mono.error(() -> Problem.invalidParameter(parameter,
						"is from before the log began: what was then is not known")))
					: Mono.just(found);
		});
	}

	/**
	 * The instant itself, or the one at which the event of a cursor was received.
	 * @return cold; fails as {@link #resolveCursor}
	 */
	public Mono<Instant> resolveInstant(String parameter, String text) {
		return resolvePast(parameter, text).flatMap((moment) -> switch (moment) {
			case AtCursor at -> receivedAt(at.cursor());
			case AtInstant at -> Mono.just(at.instant());
		});
	}

	/**
	 * When the event of a cursor of this log was received.
	 * @return cold; before everything for the beginning of the log
	 */
	public Mono<Instant> receivedAt(Cursor cursor) {
		return this.log.readAll()
			.read(cursor.position() - 1, cursor.position(), 1)
			.map(EventEnvelope<StoredEvent>::receivedAt)
			.singleOrEmpty()
			.defaultIfEmpty(Instant.EPOCH);
	}

	private Mono<PointInTime> resolvePast(String parameter, String text) {
		return Mono.defer(() -> {
			PointInTime moment = PointInTime.parse(text)
				.orElseThrow(() -> Problem.invalidParameter(parameter,
						"must be a cursor of this log, or an instant as 2026-01-31T12:00:00Z"));
			return this.log.cursor().map((latest) -> {
				if (moment instanceof AtCursor at && !at.cursor().epoch().equals(latest.epoch())) {
					throw Problem.invalidParameter(parameter, "is a cursor of another log");
				}
				if (!moment.hasPassed(latest, this.clock.instant())) {
					throw Problem.invalidParameter(parameter, "has not come yet");
				}
				return moment;
			});
		});
	}

}
