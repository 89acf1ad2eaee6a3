package lectern.streaming.server;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import lectern.streaming.sse.CloseReason;
import lectern.streaming.sse.SseFrame;
import lectern.web.TokenSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A client's open stream. Subclasses say what is written; this class writes it to the
 * channel, sends heartbeats and enforces age and timeouts. The connection is the only
 * handler of its channel, so that ten thousand of them need little more memory than ten
 * thousand channels.
 *
 * <p>
 * Everything but {@link #ended()} happens on the channel's event loop.
 */
public abstract class SseConnection extends TimedConnection {

	/** The bytes per client that may wait in our memory. */
	private static final WriteBufferWaterMark WRITE_BUFFER_WATER_MARK = new WriteBufferWaterMark(8 * 1024, 32 * 1024);

	private final StreamMeters meters;

	private final @Nullable TokenSession session;

	private final Sinks.Empty<Void> ended = Sinks.empty();

	private @Nullable EventLoopConnections eventLoopConnections;

	private @Nullable StreamPermit permit;

	private @Nullable ChannelWriter writer;

	private @Nullable ConnectionTimeouts timeouts;

	private @Nullable CloseReason closeReason;

	private Sinks.@Nullable Empty<Void> whenWritable;

	private @Nullable EndReport endReport;

	/**
	 * @param session the session with which the connection ends; null if the stream is
	 * public
	 */
	protected SseConnection(StreamMeters meters, @Nullable TokenSession session) {
		this.meters = meters;
		this.session = session;
	}

	/** The response begins now; tell the listener when the stream has ended. */
	final void reportEnd(String requestId, StreamEndListener listener) {
		this.endReport = new EndReport(requestId, listener, System.nanoTime());
	}

	/** The route's pattern. */
	final String stream() {
		return this.meters.stream();
	}

	/** Called when the connection is open; writes the first frames. */
	protected abstract void onOpen();

	/**
	 * A publisher that writes to the connection, if events do not come from elsewhere.
	 * @return cold; subscribed to on the event loop after {@link #onOpen()}, cancelled
	 * when the connection ends; if it fails, the connection ends with
	 * {@link CloseReason#ERROR}
	 */
	protected @Nullable Mono<Void> feed() {
		return null;
	}

	/** Called when the channel becomes writable again. */
	protected void onWritable() {
	}

	/** Completes when the channel is writable, at once if it is; hot. */
	protected final Mono<Void> whenWritable() {
		if (isWritable()) {
			return Mono.empty();
		}
		Sinks.Empty<Void> writable = Sinks.empty();
		this.whenWritable = writable;
		return writable.asMono();
	}

	/** Called about every second. */
	protected void onTick() {
	}

	/** A frame to send after a silence, released after the write. */
	protected abstract SseFrame heartbeat();

	/**
	 * The id from which the client resumes if the stream ends now: all events up to it
	 * have been written.
	 * @return null if the stream cannot be resumed
	 */
	protected abstract @Nullable String lastEventId();

	/** Called once when nothing can be written any more; releases resources. */
	protected abstract void onClose();

	/** Completes when the connection has ended for any reason; hot. */
	protected final Mono<Void> ended() {
		return this.ended.asMono();
	}

	/**
	 * Take over a channel to which the response headers have been written.
	 * @param codec the name of the first handler to remove; null removes all
	 * @return false if the client has disconnected
	 */
	final boolean open(Channel channel, ConnectionTicker scheduler, @Nullable String codec,
			StreamPermit acquiredPermit) {
		if (!channel.isActive() || this.closeReason != null) {
			markClosed(CloseReason.GONE);
			return false;
		}
		acquiredPermit.transfer();
		this.permit = acquiredPermit;
		this.eventLoopConnections = scheduler.connectionsOf(channel.eventLoop());
		channel.config().setWriteBufferWaterMark(WRITE_BUFFER_WATER_MARK);
		this.timeouts = new ConnectionTimeouts(now(), scheduler.maxAge(),
				(this.session != null) ? this.session.end() : null);
		this.writer = new ChannelWriter(takeOver(channel, codec), now());
		this.eventLoopConnections.add(this);
		this.meters.opened();
		onOpen();
		flush();
		channel.read();
		return true;
	}

	/** The time in milliseconds, as of the timer's last tick. */
	protected final long now() {
		return (this.eventLoopConnections != null) ? this.eventLoopConnections.now() : 0;
	}

	/** The event loop of the channel; the connection must have been opened. */
	protected final EventLoop eventLoop() {
		return Objects.requireNonNull(this.writer).eventLoop();
	}

	/** Whether the client keeps up. What is written otherwise is queued in memory. */
	protected final boolean isWritable() {
		return this.writer != null && this.writer.isWritable();
	}

	/** Write without flushing. The caller still has to release the frame. */
	protected final void write(SseFrame frame) {
		ChannelWriter target = this.writer;
		if (target != null && this.closeReason == null) {
			target.write(frame, now());
			this.meters.framesWritten(frame.count());
		}
	}

	/** Write and flush. The caller still has to release the frame. */
	protected final void writeAndFlush(SseFrame frame) {
		ChannelWriter target = this.writer;
		if (target == null || this.closeReason != null) {
			return;
		}
		try {
			target.writeAndFlush(frame, now());
			this.meters.framesWritten(frame.count());
		}
		catch (IOException _) {
			abort();
		}
	}

	/** Write a frame that only this connection uses, without flushing. */
	protected final void writeAndRelease(SseFrame frame) {
		write(frame);
		frame.release();
	}

	/** Flush what has been written. */
	protected final void flush() {
		if (this.writer != null) {
			this.writer.flush();
		}
	}

	/** End the stream with an end event, if the reason has one. Has an effect once. */
	@Override
	protected final void end(CloseReason reason) {
		ChannelWriter target = this.writer;
		if (this.closeReason != null || target == null) {
			return;
		}
		if (reason.isSilent()) {
			markClosed(reason);
			target.closeForcibly();
			return;
		}
		writeAndRelease(SseFrame.end(reason, lastEventId()));
		markClosed(reason);
		target.closeAfterFlush();
	}

	private void markClosed(CloseReason reason) {
		if (this.closeReason != null) {
			return;
		}
		this.closeReason = reason;
		if (this.eventLoopConnections != null) {
			this.eventLoopConnections.remove(this);
			this.meters.closed(reason);
		}
		if (this.permit != null) {
			this.permit.release();
		}
		if (this.endReport != null) {
			this.endReport.send(stream(), reason, (this.writer != null) ? this.writer.bytesWritten() : 0);
		}
		onClose();
		this.ended.tryEmitEmpty();
	}

	/** The client has disconnected, before or after the connection was opened. */
	final void abort() {
		markClosed(CloseReason.GONE);
		if (this.writer != null) {
			this.writer.close();
		}
	}

	@Override
	final void tick(long now) {
		if (isSessionRevoked()) {
			end(CloseReason.SIGNED_OUT);
			return;
		}
		if (haveRolesChanged()) {
			// The client connects again with a renewed token.
			end(CloseReason.AGE);
			return;
		}
		ChannelWriter target = Objects.requireNonNull(this.writer);
		ConnectionTimeouts due = Objects.requireNonNull(this.timeouts);
		switch (due.dueAction(now, target, this.eventLoopIndex)) {
			case EXPIRE -> end(due.expiryReason());
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

	/**
	 * Whether the session was ended. Checked at every tick, so that it does not matter
	 * whether that was known when the connection was opened.
	 */
	protected final boolean isSessionRevoked() {
		return this.eventLoopConnections != null && this.eventLoopConnections.isRevoked(this.session);
	}

	private boolean haveRolesChanged() {
		return this.eventLoopConnections != null && this.eventLoopConnections.haveRolesChanged(this.session);
	}

	@Override
	final void onProtocolViolation() {
		end(CloseReason.PROTOCOL_VIOLATION);
	}

	@Override
	final void onChannelWritable() {
		if (this.closeReason != null) {
			return;
		}
		Sinks.Empty<Void> writable = this.whenWritable;
		if (writable != null) {
			this.whenWritable = null;
			writable.tryEmitEmpty();
		}
		onWritable();
	}

	/**
	 * A client that disconnects after a long stall was more likely cut off by the network
	 * than closed on purpose.
	 */
	@Override
	final void onChannelClosed() {
		markClosed((this.timeouts != null && this.timeouts.isStalled(now())) ? CloseReason.SLOW : CloseReason.GONE);
	}

	/** Who is told of the end, and of which request. */
	private record EndReport(String requestId, StreamEndListener listener, long beganNanos) {

		void send(String stream, CloseReason reason, long bytes) {
			this.listener.onEnd(this.requestId, stream, reason, Duration.ofNanos(System.nanoTime() - this.beganNanos),
					bytes);
		}

	}

}
