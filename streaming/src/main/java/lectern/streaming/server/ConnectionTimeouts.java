package lectern.streaming.server;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import lectern.streaming.sse.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a connection ends: at its age, at the end of its session, or when its
 * client has taken nothing for too long. All times are milliseconds of the timer's clock.
 */
final class ConnectionTimeouts {

	/** Silence after which a heartbeat is due. */
	private static final long HEARTBEAT_INTERVAL = TimeUnit.SECONDS.toMillis(15);

	/** How long a client may take none of the bytes that wait for it. */
	private static final long STALL_TIMEOUT = TimeUnit.SECONDS.toMillis(30);

	private static final int PROBE_INTERVAL_SECONDS = 5;

	private final long expiresAt;

	private final CloseReason expiryReason;

	private long lastProgress;

	private long pendingBytes;

	/**
	 * @param maxAge the longest age of a connection
	 * @param sessionEnd when the permission to read ends; null if it does not end
	 */
	ConnectionTimeouts(long now, Duration maxAge, @Nullable Instant sessionEnd) {
		long age = randomAge(maxAge);
		long session = untilEnd(sessionEnd);
		this.expiresAt = now + Math.min(age, session);
		this.expiryReason = (session < age) ? CloseReason.SIGNED_OUT : CloseReason.AGE;
		this.lastProgress = now;
	}

	/**
	 * A random age in milliseconds, from four fifths of the longest, so that clients that
	 * connected together do not leave together.
	 */
	static long randomAge(Duration maxAge) {
		long longest = maxAge.toMillis();
		return ThreadLocalRandom.current().nextLong(longest - longest / 5, longest + 1);
	}

	/** Whether a connection would end at once because its session does. */
	static boolean isOver(@Nullable Instant sessionEnd) {
		return untilEnd(sessionEnd) <= 0;
	}

	/** Milliseconds until the last tick before the session ends. */
	private static long untilEnd(@Nullable Instant sessionEnd) {
		return (sessionEnd == null) ? Long.MAX_VALUE
				: Duration.between(Instant.now(), sessionEnd).minus(ConnectionTicker.TICK_INTERVAL).toMillis();
	}

	/** Why the connection ends when its time is up. */
	CloseReason expiryReason() {
		return this.expiryReason;
	}

	/**
	 * Determine what is due.
	 * @param index any number; spreads the kernel queries of many connections over time
	 */
	DueAction dueAction(long now, ChannelWriter writer, int index) {
		long pending = writer.pendingBytes();
		if (pending == 0 || pending < this.pendingBytes) {
			this.lastProgress = now;
		}
		this.pendingBytes = pending;
		if (now >= this.expiresAt) {
			return DueAction.EXPIRE;
		}
		if (isTooSlow(now, writer)) {
			return DueAction.SLOW;
		}
		if ((now / 1_000 + index) % PROBE_INTERVAL_SECONDS == 0 && writer.isUnreachable()) {
			return DueAction.UNREACHABLE;
		}
		return (now - writer.lastWrite() >= HEARTBEAT_INTERVAL) ? DueAction.HEARTBEAT : DueAction.NONE;
	}

	/**
	 * Whether the client has taken nothing for too long, neither from our queue nor from
	 * the kernel's.
	 */
	private boolean isTooSlow(long now, ChannelWriter writer) {
		if (now - this.lastProgress < STALL_TIMEOUT) {
			return false;
		}
		long sinceLastSend = writer.millisSinceLastSend();
		if (sinceLastSend < STALL_TIMEOUT) {
			this.lastProgress = now - sinceLastSend;
			return false;
		}
		return true;
	}

	/** Whether the client has taken nothing for half of the stall timeout. */
	boolean isStalled(long now) {
		return this.pendingBytes > 0 && now - this.lastProgress >= STALL_TIMEOUT / 2;
	}

	/** What is due. */
	enum DueAction {

		NONE, HEARTBEAT, EXPIRE, SLOW, UNREACHABLE

	}

}
