package lectern.progress.query;

import lectern.progress.eventlog.EventLog;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Resolves the {@code asOf} parameter of a query. */
@Component
class AsOfResolver {

	private final PointInTimeResolver pointInTimeResolver;

	private final EventLog log;

	AsOfResolver(PointInTimeResolver pointInTimeResolver, EventLog log) {
		this.pointInTimeResolver = pointInTimeResolver;
		this.log = log;
	}

	/**
	 * Resolve a cursor or an instant on an axis. On the {@code occurred} axis a cursor
	 * means the instant at which its event was received, and all events received until
	 * now are taken into account.
	 * @return cold; fails as {@link PointInTimeResolver} does
	 */
	Mono<AsOf> resolve(String parameter, String text, TimeAxis axis) {
		return switch (axis) {
			case RECEIVED -> this.pointInTimeResolver.resolveCursorWithinLog(parameter, text).map(AsOf::at);
			case OCCURRED -> this.pointInTimeResolver.resolveInstant(parameter, text)
				.flatMap((until) -> this.log.cursor().map((latest) -> new AsOf(latest, until)));
		};
	}

}
