package lectern.streaming.server;

import java.io.IOException;
import java.time.Instant;
import java.util.Objects;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import lectern.streaming.sse.CloseReason;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A client's open stream, whatever feeds it: its bytes go straight to the channel,
 * silence is filled, age and stalling end it. It is the channel's only handler, so that
 * ten thousand of them are little more than ten thousand channels.
 *
 * <p>
 * Everything but {@link #ended()} happens on the channel's event loop.
 */
public abstract class SseConnection extends ExclusiveChannelHandler {

	/** What may wait in our memory for one client, and when it may be more again. */
	private static final WriteBufferWaterMark WRITE_BUFFER_WATER_MARK = new WriteBufferWaterMark(8 * 1024, 32 * 1024);

	private final StreamMeters meters;

	private final @Nullable Instant sessionEnd;

	private final Sinks.Empty<Void> ended = Sinks.empty();

	/** Index in its circle. */
	int eventLoopIndex;

	private @Nullable EventLoopConnections eventLoopConnections;

	private @Nullable StreamPermit permit;

	private @Nullable ChannelWriter writer;

	private @Nullable ConnectionTimeouts timeouts;

	private @Nullable CloseReason end;

	private Sinks.@Nullable Empty<Void> whenWritable;

	/**
	 * @param sessionEnd when the right to read this ends; null if it does not
	 */
	protected SseConnection(StreamMeters meters, @Nullable Instant sessionEnd) {
		this.meters = meters;
		this.sessionEnd = sessionEnd;
	}

	/** Begin: write what comes first. */
	protected abstract void onOpen();

	/**
	 * What feeds it, if it is not fed otherwise; subscribed to on the event loop after
	 * {@link #onOpen()} and cancelled when it ends.
	 */
	protected @Nullable Mono<Void> feed() {
		return null;
	}

	/** The client can take more, after it could not. */
	protected void onWritable() {
	}

	/** Completes when the client can take more, at once if it can. */
	protected final Mono<Void> whenWritable() {
		if (isWritable()) {
			return Mono.empty();
		}
		Sinks.Empty<Void> awaited = Sinks.empty();
		this.whenWritable = awaited;
		return awaited.asMono();
	}

	/** Called every second. */
	protected void onTick() {
	}

	/** What to say in silence. */
	protected abstract SseFrame heartbeat();

	/** Nothing can be written any more; let go of whatever feeds it. */
	protected abstract void onClose();

	/** Completes when the stream has ended for whatever reason; hot. */
	public final Mono<Void> ended() {
		return this.ended.asMono();
	}

	/**
	 * Take over a channel on which the answer's headers have been written.
	 * @param codec the name of the first handler that goes; null if all go
	 * @return false if the client has left
	 */
	final boolean open(Channel channel, HeartbeatScheduler pulse, @Nullable String codec, StreamPermit place) {
		if (!channel.isActive() || this.end != null) {
			markClosed(CloseReason.GONE);
			return false;
		}
		place.transfer();
		this.permit = place;
		this.eventLoopConnections = pulse.connectionsOf(channel.eventLoop());
		channel.config().setWriteBufferWaterMark(WRITE_BUFFER_WATER_MARK);
		this.timeouts = new ConnectionTimeouts(now(), this.sessionEnd);
		this.writer = new ChannelWriter(takeOver(channel, codec), now());
		this.eventLoopConnections.add(this);
		this.meters.opened();
		onOpen();
		flush();
		channel.read();
		return true;
	}

	/** Milliseconds by the pulse. */
	protected final long now() {
		return (this.eventLoopConnections != null) ? this.eventLoopConnections.now() : 0;
	}

	/** Where everything happens. */
	public final EventLoop eventLoop() {
		return Objects.requireNonNull(this.writer).eventLoop();
	}

	/** Whether the client keeps up; what is written when not waits in memory. */
	public final boolean isWritable() {
		return this.writer != null && this.writer.isWritable();
	}

	/** Write without flushing. The frame stays the caller's to release. */
	public final void write(SseFrame frame) {
		ChannelWriter to = this.writer;
		if (to != null && this.end == null) {
			to.write(frame, now());
			this.meters.framesWritten(frame.count());
		}
	}

	/** Write a frame and have it sent at once. It stays the caller's to release. */
	public final void writeAndFlush(SseFrame frame) {
		ChannelWriter to = this.writer;
		if (to == null || this.end != null) {
			return;
		}
		try {
			to.writeAndFlush(frame, now());
			this.meters.framesWritten(frame.count());
		}
		catch (IOException _) {
			abort();
		}
	}

	/** Write a frame that is nobody else's. */
	public final void writeAndRelease(SseFrame frame) {
		write(frame);
		frame.release();
	}

	public final void flush() {
		if (this.writer != null) {
			this.writer.flush();
		}
	}

	/** End the stream and say why. Once it has ended this does nothing. */
	public final void end(CloseReason how) {
		ChannelWriter to = this.writer;
		if (this.end != null || to == null) {
			return;
		}
		if (how.isSilent()) {
			markClosed(how);
			to.closeForcibly();
			return;
		}
		writeAndRelease(SseFrame.end(how));
		markClosed(how);
		to.closeAfterFlush();
	}

	private void markClosed(CloseReason how) {
		if (this.end != null) {
			return;
		}
		this.end = how;
		if (this.eventLoopConnections != null) {
			this.eventLoopConnections.remove(this);
			this.meters.closed(how.reason());
		}
		if (this.permit != null) {
			this.permit.release();
		}
		onClose();
		this.ended.tryEmitEmpty();
	}

	/** Nobody waits for the answer any more, whether it has begun or not. */
	final void abort() {
		markClosed(CloseReason.GONE);
		if (this.writer != null) {
			this.writer.close();
		}
	}

	final void tick(long now) {
		ChannelWriter to = Objects.requireNonNull(this.writer);
		switch (Objects.requireNonNull(this.timeouts).dueAction(now, to, this.eventLoopIndex)) {
			case AGE -> end(CloseReason.AGE);
			case SLOW -> end(CloseReason.SLOW);
			case UNREACHABLE -> abort();
			case HEARTBEAT -> {
				SseFrame frame = heartbeat();
				writeAndFlush(frame);
				frame.release();
				onTick();
			}
			case NONE -> onTick();
		}
	}

	@Override
	final void onProtocolViolation() {
		end(CloseReason.PROTOCOL_VIOLATION);
	}

	@Override
	final void onChannelWritable() {
		if (this.end != null) {
			return;
		}
		Sinks.Empty<Void> awaited = this.whenWritable;
		if (awaited != null) {
			this.whenWritable = null;
			awaited.tryEmitEmpty();
		}
		onWritable();
	}

	/** Who is gone after a long stall was rather cut off by the network than left. */
	@Override
	final void onChannelClosed() {
		markClosed((this.timeouts != null && this.timeouts.isStalled(now())) ? CloseReason.SLOW : CloseReason.GONE);
	}

}
