package lectern.progress.query;

import java.time.Clock;
import java.time.Instant;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import lectern.progress.log.EventLog;
import lectern.progress.log.Moment;
import lectern.progress.log.Moment.AtCursor;
import lectern.progress.log.Moment.AtInstant;
import lectern.progress.log.StoredEvent;
import lectern.streaming.Cursor;
import lectern.streaming.Entry;
import lectern.web.Problem;

/** Finds what parameters mean that take a cursor or an instant of the past. */
@Component
public class Moments {

	private final EventLog log;

	private final Clock clock;

	public Moments(EventLog log, Clock clock) {
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
	public Mono<Cursor> place(String parameter, String text) {
		return past(parameter, text).flatMap((moment) -> switch (moment) {
			case AtCursor at -> Mono.just(at.cursor());
			case AtInstant at -> this.log.at(at.instant());
		});
	}

	/**
	 * The same, to be looked at from there.
	 * @return cold; fails as {@link #place}, and for an instant from before the log
	 * began: what was then is not known
	 */
	public Mono<Cursor> cursor(String parameter, String text) {
		return place(parameter, text).flatMap((found) -> {
			boolean before = found.position() == 0 && Cursor.parse(text).isEmpty();
			return before ? this.log.cursor()
				.filter((latest) -> latest.position() == 0)
				.switchIfEmpty(Mono.error(
						() -> Problem.parameter(parameter, "is from before the log began: what was then is not known")))
					: Mono.just(found);
		});
	}

	/**
	 * The instant itself, or the one at which the event of a cursor was received.
	 * @return cold; fails as {@link #place}
	 */
	public Mono<Instant> instant(String parameter, String text) {
		return past(parameter, text).flatMap((moment) -> switch (moment) {
			case AtCursor at -> received(at.cursor());
			case AtInstant at -> Mono.just(at.instant());
		});
	}

	/**
	 * When the event of a cursor of this log was received.
	 * @return cold; before everything for the beginning of the log
	 */
	public Mono<Instant> received(Cursor cursor) {
		return this.log.all()
			.read(cursor.position() - 1, cursor.position(), 1)
			.map(Entry<StoredEvent>::receivedAt)
			.singleOrEmpty()
			.defaultIfEmpty(Instant.EPOCH);
	}

	private Mono<Moment> past(String parameter, String text) {
		return Mono.defer(() -> {
			Moment moment = Moment.parse(text)
				.orElseThrow(() -> Problem.parameter(parameter,
						"must be a cursor of this log, or an instant as 2026-01-31T12:00:00Z"));
			return this.log.cursor().map((latest) -> {
				if (moment instanceof AtCursor at && !at.cursor().epoch().equals(latest.epoch())) {
					throw Problem.parameter(parameter, "is a cursor of another log");
				}
				if (!moment.isIn(latest, this.clock.instant())) {
					throw Problem.parameter(parameter, "has not come yet");
				}
				return moment;
			});
		});
	}

}
