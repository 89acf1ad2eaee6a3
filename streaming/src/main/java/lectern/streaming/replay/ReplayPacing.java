package lectern.streaming.replay;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Computes when the events of a replay are due: with the intervals in which they were
 * received, divided by the speed.
 */
final class ReplayPacing {

	/**
	 * The longest pause in milliseconds. A connection that ends at its age restarts the
	 * pause when the client reconnects, so a pause longer than the age would never end.
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

	/** Milliseconds after the start of the replay; call it for each event in order. */
	double dueMillis(Instant receivedAt) {
		if (this.lastReceivedAt != null) {
			double pause = Duration.between(this.lastReceivedAt, receivedAt).toNanos() / 1e6 / this.speed;
			this.dueMillis += Math.clamp(pause, 0, MAX_PAUSE_MILLIS);
		}
		this.lastReceivedAt = receivedAt;
		return this.dueMillis;
	}

}
