package lectern.progress.query;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import lectern.progress.log.EventLog;

/** Finds the vantage that is asked for. */
@Component
class Vantages {

	private final Moments moments;

	private final EventLog log;

	Vantages(Moments moments, EventLog log) {
		this.moments = moments;
		this.log = log;
	}

	/**
	 * What a cursor or an instant means on an axis. On that of what occurred, a cursor
	 * means the instant at which its event was received; and all is known that is now.
	 * @return cold; fails as {@link Moments} do
	 */
	Mono<Vantage> of(String parameter, String text, Axis axis) {
		return switch (axis) {
			case RECEIVED -> this.moments.cursor(parameter, text).map(Vantage::at);
			case OCCURRED -> this.moments.instant(parameter, text)
				.flatMap((until) -> this.log.cursor().map((latest) -> new Vantage(latest, until)));
		};
	}

}
