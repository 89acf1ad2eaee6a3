package lectern.streaming;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A client's open stream, whatever feeds it: its bytes go straight to the channel,
 * beneath what would look at every message; silence is filled, age and stalling end it.
 * It is the channel's own handler, so that ten thousand of them are ten thousand objects.
 *
 * <p>
 * Everything but {@link #ended()} happens on the channel's event loop.
 */
public abstract class Connection extends ChannelInboundHandlerAdapter {

	static final String NAME = "lectern.stream";

	/** Silence after which a heartbeat is due, in milliseconds. */
	static final long HEARTBEAT = TimeUnit.SECONDS.toMillis(15);

	/** How long a client may take nothing of what waits for it, in milliseconds. */
	static final long PATIENCE = TimeUnit.SECONDS.toMillis(30);

	/** What may wait in our memory for one client, and when it may be more again. */
	private static final WriteBufferWaterMark BOUNDS = new WriteBufferWaterMark(8 * 1024, 32 * 1024);

	/** Bytes after its request that are overlooked. */
	private static final int MOST_NOISE = 16 * 1024;

	private final StreamMeters meters;

	private final @Nullable Instant sessionEnd;

	private final Sinks.Empty<Void> ended = Sinks.empty();

	int place;

	private @Nullable ChannelHandlerContext context;

	private @Nullable Circle circle;

	private boolean http2;

	private int noise;

	private long endsAt;

	private long lastWrite;

	private long lastTaken;

	private long waiting;

	private @Nullable End end;

	/**
	 * @param sessionEnd when the right to read this ends; null if it does not
	 */
	protected Connection(StreamMeters meters, @Nullable Instant sessionEnd) {
		this.meters = meters;
		this.sessionEnd = sessionEnd;
	}

	/** Begin: write what comes first. */
	protected abstract void begin();

	/** The client can take more, after it could not. */
	protected abstract void resume();

	/** Called every second. */
	protected void look() {
	}

	/** What to say in silence. */
	protected abstract Frame heartbeat();

	/** Nothing can be written any more; let go of whatever feeds it. */
	protected abstract void left();

	/**
	 * What feeds it, if it is not fed otherwise; subscribed to on the event loop after
	 * {@link #begin()}.
	 * @param ended completes when the stream ends
	 * @return completes then, too
	 */
	protected Mono<Void> feed(Mono<Void> ended) {
		return ended;
	}

	/** Completes when the stream has ended for whatever reason; hot. */
	public final Mono<Void> ended() {
		return this.ended.asMono();
	}

	/** Take over a channel on which the answer's headers have been written. */
	final void attach(Channel channel, Pulse pulse, String codec) {
		if (!channel.isActive()) {
			leave(End.GONE);
		}
		if (this.end != null) {
			return;
		}
		this.http2 = channel instanceof Http2StreamChannel;
		this.circle = pulse.on(channel.eventLoop());
		channel.config().setWriteBufferWaterMark(BOUNDS);
		long now = this.circle.now();
		this.lastWrite = now;
		this.lastTaken = now;
		this.endsAt = now + life();
		if (this.http2 || channel.pipeline().context(codec) == null) {
			channel.pipeline().addFirst(NAME, this);
		}
		else {
			channel.pipeline().addBefore(codec, NAME, this);
		}
		this.circle.add(this);
		this.meters.opened();
		begin();
		flush();
		channel.read();
	}

	/** 8 to 10 minutes, so that who came together does not leave together. */
	private long life() {
		long life = ThreadLocalRandom.current().nextLong(TimeUnit.MINUTES.toMillis(8), TimeUnit.MINUTES.toMillis(10));
		return (this.sessionEnd == null) ? life
				: Math.min(life, Duration.between(Instant.now(), this.sessionEnd).minus(Pulse.PERIOD).toMillis());
	}

	final boolean isOpen() {
		return this.context != null && this.end == null;
	}

	/** Milliseconds by the pulse. */
	protected final long now() {
		return (this.circle != null) ? this.circle.now() : 0;
	}

	/** Where everything happens. */
	protected final EventLoop loop() {
		return Objects.requireNonNull(this.context).channel().eventLoop();
	}

	/** Whether the client keeps up; what is written when not waits in memory. */
	public final boolean isWritable() {
		return this.context != null && this.context.channel().isWritable();
	}

	/** Write without flushing. The frame stays the caller's to release. */
	public final void write(Frame frame) {
		ChannelHandlerContext to = this.context;
		if (to == null || this.end != null) {
			return;
		}
		ByteBuf bytes = frame.share();
		to.write(this.http2 ? new DefaultHttp2DataFrame(bytes) : bytes, to.voidPromise());
		this.meters.sent(frame.count());
		if (this.circle != null) {
			this.lastWrite = this.circle.now();
		}
	}

	/** Write a frame that is nobody else's. */
	public final void writeOwn(Frame frame) {
		write(frame);
		frame.release();
	}

	public final void flush() {
		if (this.context != null) {
			this.context.flush();
		}
	}

	/**
	 * End the stream and say why, to be called once at the most; later calls do nothing.
	 */
	public final void end(End how) {
		if (this.end != null) {
			return;
		}
		if (!how.isSilent()) {
			writeOwn(Frame.end(how));
			flush();
		}
		leave(how);
		if (how.isSilent() && this.context != null) {
			this.context.close();
		}
	}

	private void leave(End how) {
		if (this.end != null) {
			return;
		}
		this.end = how;
		if (this.circle != null) {
			this.circle.remove(this);
			this.meters.closed(how.reason());
		}
		left();
		this.ended.tryEmitEmpty();
	}

	/** Nobody waits for the answer any more. */
	final void abandon() {
		leave(gone());
	}

	/** Who is gone after a long stall was rather cut off by the network than left. */
	private End gone() {
		boolean stalled = this.circle != null && this.waiting > 0 && this.circle.now() - this.lastTaken >= PATIENCE / 2;
		return stalled ? End.SLOW : End.GONE;
	}

	final void tick(long now) {
		long wait = pending();
		if (wait == 0 || wait < this.waiting) {
			this.lastTaken = now;
		}
		this.waiting = wait;
		if (now >= this.endsAt) {
			end(End.AGE);
		}
		else if (now - this.lastTaken >= PATIENCE) {
			end(End.SLOW);
		}
		else {
			if (now - this.lastWrite >= HEARTBEAT) {
				writeOwn(heartbeat());
				flush();
			}
			look();
		}
	}

	/**
	 * Bytes that the client has not taken; HTTP/2 tells of them only when they are many.
	 */
	private long pending() {
		if (this.context == null) {
			return 0;
		}
		Channel channel = this.context.channel();
		ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
		if (buffer != null) {
			return buffer.totalPendingWriteBytes();
		}
		return channel.isWritable() ? 0 : channel.bytesBeforeWritable();
	}

	@Override
	public final void handlerAdded(ChannelHandlerContext added) {
		this.context = added;
	}

	/** The request is all that a client has to say; this also notices that it leaves. */
	@Override
	public final void channelRead(ChannelHandlerContext from, Object message) {
		if (this.http2) {
			from.fireChannelRead(message);
			return;
		}
		if (message instanceof ByteBuf bytes) {
			this.noise += bytes.readableBytes();
		}
		ReferenceCountUtil.release(message);
		if (this.noise > MOST_NOISE) {
			end(End.NOISE);
		}
	}

	@Override
	public final void channelReadComplete(ChannelHandlerContext from) {
		from.fireChannelReadComplete();
		if (!this.http2) {
			from.read();
		}
	}

	@Override
	public final void channelWritabilityChanged(ChannelHandlerContext from) {
		if (this.end == null && from.channel().isWritable()) {
			resume();
		}
		from.fireChannelWritabilityChanged();
	}

	@Override
	public final void channelInactive(ChannelHandlerContext from) {
		leave(gone());
		from.fireChannelInactive();
	}

	@Override
	public final void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
		leave(gone());
		from.close();
	}

}
