package lectern.streaming;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** When the events of a playback are due: as far apart as they came in, only faster. */
final class Tempo {

	/**
	 * In milliseconds of the playback. Who is sent away at the end of a connection's age
	 * begins a pause anew, and would never see the end of one that is longer than that.
	 */
	static final double LONGEST_PAUSE = Duration.ofMinutes(5).toMillis();

	private final double speed;

	private @Nullable Instant last;

	private double due;

	/**
	 * @param since when the event before the first was received; null if the first is due
	 * at once
	 */
	Tempo(double speed, @Nullable Instant since) {
		this.speed = speed;
		this.last = since;
	}

	/** Milliseconds after the beginning; to be asked of each event in its turn. */
	double due(Instant receivedAt) {
		if (this.last != null) {
			double pause = Duration.between(this.last, receivedAt).toNanos() / 1e6 / this.speed;
			this.due += Math.clamp(pause, 0, LONGEST_PAUSE);
		}
		this.last = receivedAt;
		return this.due;
	}

}
