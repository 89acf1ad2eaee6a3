package lectern.progress.query;

import lectern.progress.eventlog.EventLog;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Finds the vantage that is asked for. */
@Component
class AsOfResolver {

	private final PointInTimeResolver pointInTimeResolver;

	private final EventLog log;

	AsOfResolver(PointInTimeResolver moments, EventLog log) {
		this.pointInTimeResolver = moments;
		this.log = log;
	}

	/**
	 * What a cursor or an instant means on an axis. On that of what occurred, a cursor
	 * means the instant at which its event was received; and all is known that is now.
	 * @return cold; fails as {@link PointInTimeResolver} do
	 */
	Mono<AsOf> resolve(String parameter, String text, TimeAxis axis) {
		return switch (axis) {
			case RECEIVED -> this.pointInTimeResolver.resolveCursorWithinLog(parameter, text).map(AsOf::at);
			case OCCURRED -> this.pointInTimeResolver.resolveInstant(parameter, text)
				.flatMap((until) -> this.log.cursor().map((latest) -> new AsOf(latest, until)));
		};
	}

}
