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
	 * The cursor of the last event that had been received then.
	 * @param parameter whose value it is
	 * @param text a cursor, or an instant in the form of RFC 3339
	 * @return cold; fails with a {@link Problem} for what is neither, for what has not
	 * come yet, and for an instant from before the log began: what was then is not known
	 */
	public Mono<Cursor> cursor(String parameter, String text) {
		return Mono.defer(() -> {
			Moment moment = parse(parameter, text);
			return this.log.cursor().flatMap((latest) -> {
				requirePast(parameter, moment, latest);
				return switch (moment) {
					case AtCursor at -> Mono.just(at.cursor());
					case AtInstant at ->
						this.log.at(at.instant()).doOnNext((found) -> requireBegun(parameter, found, latest));
				};
			});
		});
	}

	/**
	 * The instant itself, or the one at which the event of a cursor was received.
	 * @return cold; fails as {@link #cursor}, but not for what is from before the log: it
	 * may have been told of later
	 */
	public Mono<Instant> instant(String parameter, String text) {
		return Mono.defer(() -> {
			Moment moment = parse(parameter, text);
			return this.log.cursor().flatMap((latest) -> {
				requirePast(parameter, moment, latest);
				return switch (moment) {
					case AtCursor at -> received(at.cursor());
					case AtInstant at -> Mono.just(at.instant());
				};
			});
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

	private static Moment parse(String parameter, String text) {
		return Moment.parse(text)
			.orElseThrow(() -> Problem.parameter(parameter,
					"must be a cursor of this log, or an instant as 2026-01-31T12:00:00Z"));
	}

	private void requirePast(String parameter, Moment moment, Cursor latest) {
		if (moment instanceof AtCursor at && !at.cursor().epoch().equals(latest.epoch())) {
			throw Problem.parameter(parameter, "is a cursor of another log");
		}
		if (!moment.isIn(latest, this.clock.instant())) {
			throw Problem.parameter(parameter, "has not come yet");
		}
	}

	private static void requireBegun(String parameter, Cursor found, Cursor latest) {
		if (found.position() == 0 && latest.position() > 0) {
			throw Problem.parameter(parameter, "is from before the log began: what was then is not known");
		}
	}

}
