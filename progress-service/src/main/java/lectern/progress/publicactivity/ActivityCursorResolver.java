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

/** Resolves a cursor or an instant to a cursor of the activity log. */
@Component
class ActivityCursorResolver {

	private final ActivityLog log;

	private final Clock clock;

	ActivityCursorResolver(ActivityLog log, Clock clock) {
		this.log = log;
		this.clock = clock;
	}

	/**
	 * Resolve the cursor of the last minute that was over by then.
	 * @param asOf a cursor of this log, or an instant that has passed; null for now
	 * @return cold; fails with a {@link Problem} for anything else
	 */
	Mono<Cursor> resolve(@Nullable String asOf) {
		if (asOf == null) {
			return this.log.head();
		}
		PointInTime pointInTime = PointInTime.parse(asOf).orElseThrow(ActivityCursorResolver::invalid);
		return this.log.head()
			.filter((latest) -> pointInTime.hasPassed(latest, this.clock.instant()))
			.switchIfEmpty(Mono.error(ActivityCursorResolver::invalid))
			.flatMap((_) -> switch (pointInTime) {
				case AtCursor at -> Mono.just(at.cursor());
				case AtInstant at -> this.log.cursorOfMinute(at.instant());
			});
	}

	private static Problem invalid() {
		return Problem.invalidParameter("asOf", "must be a cursor of this log or an instant in the past");
	}

}
