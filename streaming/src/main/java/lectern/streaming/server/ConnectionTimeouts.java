package lectern.streaming.server;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * How long a connection lasts: until its age or its session's end, or until its client
 * has taken nothing for too long. All times are milliseconds by the pulse.
 */
final class ConnectionTimeouts {

	/** Silence after which a heartbeat is due. */
	private static final long HEARTBEAT_INTERVAL = TimeUnit.SECONDS.toMillis(15);

	/** How long a client may take nothing of what waits for it. */
	private static final long STALL_TIMEOUT = TimeUnit.SECONDS.toMillis(30);

	/** In seconds. */
	private static final int PROBE_INTERVAL_SECONDS = 5;

	private final long expiresAt;

	private long lastProgress;

	private long pendingBytes;

	/**
	 * @param sessionEnd when the right to read this ends; null if it does not
	 */
	ConnectionTimeouts(long now, @Nullable Instant sessionEnd) {
		this.expiresAt = now + lifetime(sessionEnd);
		this.lastProgress = now;
	}

	/** 8 to 10 minutes, so that who came together does not leave together. */
	private static long lifetime(@Nullable Instant sessionEnd) {
		long drawn = ThreadLocalRandom.current().nextLong(TimeUnit.MINUTES.toMillis(8), TimeUnit.MINUTES.toMillis(10));
		return (sessionEnd == null) ? drawn : Math.min(drawn,
				Duration.between(Instant.now(), sessionEnd).minus(HeartbeatScheduler.TICK_INTERVAL).toMillis());
	}

	/**
	 * What is due.
	 * @param turn any number; spreads what is not asked every second
	 */
	DueAction dueAction(long now, ChannelWriter outlet, int turn) {
		long pending = outlet.pendingBytes();
		if (pending == 0 || pending < this.pendingBytes) {
			this.lastProgress = now;
		}
		this.pendingBytes = pending;
		if (now >= this.expiresAt) {
			return DueAction.AGE;
		}
		if (isTooSlow(now, outlet)) {
			return DueAction.SLOW;
		}
		// The kernel is asked about each once in a while, not about all at once.
		if ((now / 1_000 + turn) % PROBE_INTERVAL_SECONDS == 0 && outlet.isUnreachable()) {
			return DueAction.UNREACHABLE;
		}
		return (now - outlet.lastWrite() >= HEARTBEAT_INTERVAL) ? DueAction.HEARTBEAT : DueAction.NONE;
	}

	/**
	 * Whether the client has taken nothing for too long, neither from us nor the kernel.
	 */
	private boolean isTooSlow(long now, ChannelWriter outlet) {
		if (now - this.lastProgress < STALL_TIMEOUT) {
			return false;
		}
		long sinceSent = outlet.millisSinceLastSend();
		if (sinceSent < STALL_TIMEOUT) {
			this.lastProgress = now - sinceSent;
			return false;
		}
		return true;
	}

	/** Whether the client has taken nothing for long, if not for too long. */
	boolean isStalled(long now) {
		return this.pendingBytes > 0 && now - this.lastProgress >= STALL_TIMEOUT / 2;
	}

	/** What is due. */
	enum DueAction {

		NONE, HEARTBEAT, AGE, SLOW, UNREACHABLE

	}

}
