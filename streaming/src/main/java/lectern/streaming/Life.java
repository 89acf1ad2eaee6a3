package lectern.streaming;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * How long a connection lasts: until its age or its session's end, or until its client
 * has taken nothing for too long. All times are milliseconds by the pulse.
 */
final class Life {

	/** Silence after which a heartbeat is due. */
	private static final long HEARTBEAT = TimeUnit.SECONDS.toMillis(15);

	/** How long a client may take nothing of what waits for it. */
	private static final long PATIENCE = TimeUnit.SECONDS.toMillis(30);

	/** In seconds. */
	private static final int LOOK_EVERY = 5;

	private final long endsAt;

	private long lastTaken;

	private long waiting;

	/**
	 * @param sessionEnd when the right to read this ends; null if it does not
	 */
	Life(long now, @Nullable Instant sessionEnd) {
		this.endsAt = now + length(sessionEnd);
		this.lastTaken = now;
	}

	/** 8 to 10 minutes, so that who came together does not leave together. */
	private static long length(@Nullable Instant sessionEnd) {
		long drawn = ThreadLocalRandom.current().nextLong(TimeUnit.MINUTES.toMillis(8), TimeUnit.MINUTES.toMillis(10));
		return (sessionEnd == null) ? drawn
				: Math.min(drawn, Duration.between(Instant.now(), sessionEnd).minus(Pulse.PERIOD).toMillis());
	}

	/**
	 * What is due.
	 * @param turn any number; spreads what is not asked every second
	 */
	Due due(long now, Outlet outlet, int turn) {
		long pending = outlet.pending();
		if (pending == 0 || pending < this.waiting) {
			this.lastTaken = now;
		}
		this.waiting = pending;
		if (now >= this.endsAt) {
			return Due.AGE;
		}
		if (isTooSlow(now, outlet)) {
			return Due.SLOW;
		}
		// The kernel is asked about each once in a while, not about all at once.
		if ((now / 1_000 + turn) % LOOK_EVERY == 0 && outlet.isVanished()) {
			return Due.VANISHED;
		}
		return (now - outlet.lastWrite() >= HEARTBEAT) ? Due.HEARTBEAT : Due.NOTHING;
	}

	/**
	 * Whether the client has taken nothing for too long, neither from us nor the kernel.
	 */
	private boolean isTooSlow(long now, Outlet outlet) {
		if (now - this.lastTaken < PATIENCE) {
			return false;
		}
		long sinceSent = outlet.sinceSent();
		if (sinceSent < PATIENCE) {
			this.lastTaken = now - sinceSent;
			return false;
		}
		return true;
	}

	/** Whether the client has taken nothing for long, if not for too long. */
	boolean isStalled(long now) {
		return this.waiting > 0 && now - this.lastTaken >= PATIENCE / 2;
	}

	/** What is due. */
	enum Due {

		NOTHING, HEARTBEAT, AGE, SLOW, VANISHED

	}

}
