package lectern.progress.command;

import java.time.Instant;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.PointInTime;
import lectern.progress.eventlog.PointInTime.AtCursor;
import lectern.progress.eventlog.PointInTime.AtInstant;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Finds the instants that restores by event time name. */
@Component
class RestoreInstantResolver {

	private final EventLog log;

	RestoreInstantResolver(EventLog log) {
		this.log = log;
	}

	/**
	 * The instant itself, or the one at which the event of a cursor was received, as in
	 * queries of the past.
	 * @return cold; never empty
	 */
	Mono<Instant> resolve(PointInTime time) {
		return switch (time) {
			case AtInstant at -> Mono.just(at.instant());
			case AtCursor at -> this.log.receivedAt(at.cursor());
		};
	}

}
