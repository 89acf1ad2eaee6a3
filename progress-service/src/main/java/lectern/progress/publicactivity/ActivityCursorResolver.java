package lectern.progress.publicactivity;

import java.time.Clock;

import lectern.progress.eventlog.PointInTime;
import lectern.progress.eventlog.PointInTime.AtCursor;
import lectern.progress.eventlog.PointInTime.AtInstant;
import lectern.streaming.log.Cursor;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Where in the log of activity a moment is. */
@Component
class ActivityCursorResolver {

	private final ActivityLog log;

	private final Clock clock;

	ActivityCursorResolver(ActivityLog log, Clock clock) {
		this.log = log;
		this.clock = clock;
	}

	/**
	 * The cursor of the last minute that was told by then.
	 * @param asOf a cursor of this log, or an instant that has passed; null for now
	 * @return cold; fails with a {@link Problem} for anything else
	 */
	Mono<Cursor> resolve(@Nullable String asOf) {
		if (asOf == null) {
			return this.log.head();
		}
		PointInTime moment = PointInTime.parse(asOf).orElseThrow(ActivityCursorResolver::invalid);
		return this.log.head()
			.filter((latest) -> moment.hasPassed(latest, this.clock.instant()))
			.switchIfEmpty(Mono.error(ActivityCursorResolver::invalid))
			.flatMap((_) -> switch (moment) {
				case AtCursor at -> Mono.just(at.cursor());
				case AtInstant at -> this.log.cursorAt(at.instant());
			});
	}

	private static Problem invalid() {
		return Problem.invalidParameter("asOf", "must be a cursor of this log, or an instant that has passed");
	}

}
