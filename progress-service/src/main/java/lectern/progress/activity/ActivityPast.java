package lectern.progress.activity;

import java.time.Clock;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import lectern.progress.log.Moment.AtCursor;
import lectern.progress.log.Moment.AtInstant;
import lectern.progress.log.Moment;
import lectern.streaming.Cursor;
import lectern.web.Problem;

/** Where in the log of activity a moment is. */
@Component
class ActivityPast {

	private final ActivityLog log;

	private final Clock clock;

	ActivityPast(ActivityLog log, Clock clock) {
		this.log = log;
		this.clock = clock;
	}

	/**
	 * The cursor of the last minute that was told by then.
	 * @param asOf a cursor of this log, or an instant that has passed; null for now
	 * @return cold; fails with a {@link Problem} for anything else
	 */
	Mono<Cursor> cursor(@Nullable String asOf) {
		if (asOf == null) {
			return this.log.head();
		}
		Moment moment = Moment.parse(asOf).orElseThrow(ActivityPast::invalid);
		return this.log.head()
			.filter((latest) -> moment.isIn(latest, this.clock.instant()))
			.switchIfEmpty(Mono.error(ActivityPast::invalid))
			.flatMap((_) -> switch (moment) {
				case AtCursor at -> Mono.just(at.cursor());
				case AtInstant at -> this.log.at(at.instant());
			});
	}

	private static Problem invalid() {
		return Problem.parameter("asOf", "must be a cursor of this log, or an instant that has passed");
	}

}
