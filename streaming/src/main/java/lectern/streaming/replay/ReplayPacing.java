package lectern.streaming.replay;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** When the events of a playback are due: as far apart as they came in, only faster. */
final class ReplayPacing {

	/**
	 * In milliseconds of the playback. Who is sent away at the end of a connection's age
	 * begins a pause anew, and would never see the end of one that is longer than that.
	 */
	static final double MAX_PAUSE_MILLIS = Duration.ofMinutes(5).toMillis();

	private final double speed;

	private @Nullable Instant lastReceivedAt;

	private double dueMillis;

	/**
	 * @param since when the event before the first was received; null if the first is due
	 * at once
	 */
	ReplayPacing(double speed, @Nullable Instant since) {
		this.speed = speed;
		this.lastReceivedAt = since;
	}

	/** Milliseconds after the beginning; to be asked of each event in its turn. */
	double dueMillis(Instant receivedAt) {
		if (this.lastReceivedAt != null) {
			double pause = Duration.between(this.lastReceivedAt, receivedAt).toNanos() / 1e6 / this.speed;
			this.dueMillis += Math.clamp(pause, 0, MAX_PAUSE_MILLIS);
		}
		this.lastReceivedAt = receivedAt;
		return this.dueMillis;
	}

}
