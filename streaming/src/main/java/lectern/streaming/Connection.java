package lectern.streaming;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
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
 * silence is filled, age and stalling end it. It is the channel's own and only handler,
 * so that ten thousand of them are little more than ten thousand channels.
 *
 * <p>
 * Everything but {@link #ended()} happens on the channel's event loop.
 */
public abstract class Connection extends ChannelDuplexHandler {

	static final String NAME = "lectern.stream";

	/** Silence after which a heartbeat is due, in milliseconds. */
	static final long HEARTBEAT = TimeUnit.SECONDS.toMillis(15);

	/** How long a client may take nothing of what waits for it, in milliseconds. */
	static final long PATIENCE = TimeUnit.SECONDS.toMillis(30);

	/** In seconds. */
	private static final int LOOK_EVERY = 5;

	/** What may wait in our memory for one client, and when it may be more again. */
	private static final WriteBufferWaterMark BOUNDS = new WriteBufferWaterMark(8 * 1024, 32 * 1024);

	/** Bytes after its request that are overlooked. */
	private static final int MOST_NOISE = 16 * 1024;

	private final StreamMeters meters;

	private final @Nullable Instant sessionEnd;

	private final Sinks.Empty<Void> ended = Sinks.empty();

	/** Index in its circle. */
	int index;

	private @Nullable ChannelHandlerContext context;

	private @Nullable Circle circle;

	private @Nullable Descriptor descriptor;

	private @Nullable Place taken;

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

	/**
	 * What feeds it, if it is not fed otherwise; subscribed to on the event loop after
	 * {@link #begin()} and cancelled when it ends.
	 */
	protected @Nullable Mono<Void> feed() {
		return null;
	}

	/** The client can take more, after it could not. */
	protected abstract void resume();

	/** Called every second. */
	protected void look() {
	}

	/** What to say in silence. */
	protected abstract Frame heartbeat();

	/** Nothing can be written any more; let go of whatever feeds it. */
	protected abstract void left();

	/** Completes when the stream has ended for whatever reason; hot. */
	public final Mono<Void> ended() {
		return this.ended.asMono();
	}

	/**
	 * Take over a channel on which the answer's headers have been written. The HTTP codec
	 * and all that stands behind it go: whoever serves requests may see this one as done,
	 * and keeps nothing of it while the stream lasts.
	 * @param codec the name of the first handler that goes; null if all go
	 * @return false if the client has left
	 */
	final boolean attach(Channel channel, Pulse pulse, @Nullable String codec, Place place) {
		if (!channel.isActive() || this.end != null) {
			leave(End.GONE);
			return false;
		}
		place.keep();
		this.taken = place;
		this.http2 = channel instanceof Http2StreamChannel;
		this.circle = pulse.on(channel.eventLoop());
		channel.config().setWriteBufferWaterMark(BOUNDS);
		this.lastWrite = now();
		this.lastTaken = now();
		this.endsAt = now() + life();
		takeOver(channel.pipeline(), codec);
		this.circle.add(this);
		this.meters.opened();
		begin();
		flush();
		channel.read();
		return true;
	}

	private void takeOver(ChannelPipeline pipeline, @Nullable String codec) {
		if (codec == null || pipeline.context(codec) == null) {
			pipeline.addFirst(NAME, this);
		}
		else {
			pipeline.addBefore(codec, NAME, this);
		}
		while (pipeline.last() != this) {
			pipeline.removeLast();
		}
		this.descriptor = Descriptor.of(pipeline.channel(), this);
	}

	/** 8 to 10 minutes, so that who came together does not leave together. */
	private long life() {
		long life = ThreadLocalRandom.current().nextLong(TimeUnit.MINUTES.toMillis(8), TimeUnit.MINUTES.toMillis(10));
		return (this.sessionEnd == null) ? life
				: Math.min(life, Duration.between(Instant.now(), this.sessionEnd).minus(Pulse.PERIOD).toMillis());
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
		this.lastWrite = now();
	}

	/** Write a frame and have it sent, in as little as one call of the system. */
	final void writeNow(Frame frame) {
		ChannelHandlerContext to = this.context;
		if (to == null || this.end != null) {
			return;
		}
		if (this.descriptor == null) {
			write(frame);
			to.flush();
			return;
		}
		try {
			int taken = this.descriptor.write(frame);
			if (taken < frame.size()) {
				to.writeAndFlush(frame.share().skipBytes(taken), to.voidPromise());
			}
			this.meters.sent(frame.count());
			this.lastWrite = now();
		}
		catch (IOException _) {
			abandon();
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

	/** End the stream and say why. Once it has ended this does nothing. */
	public final void end(End how) {
		ChannelHandlerContext to = this.context;
		if (this.end != null || to == null) {
			return;
		}
		if (how.isSilent()) {
			leave(how);
			// What it does not read the kernel need not keep either.
			to.channel().config().setOption(ChannelOption.SO_LINGER, 0);
			to.close();
			return;
		}
		writeOwn(Frame.end(how));
		leave(how);
		to.writeAndFlush(this.http2 ? new DefaultHttp2DataFrame(true) : Unpooled.EMPTY_BUFFER)
			.addListener(ChannelFutureListener.CLOSE);
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
		if (this.taken != null) {
			this.taken.release();
		}
		left();
		this.ended.tryEmitEmpty();
	}

	/** Nobody waits for the answer any more, whether it has begun or not. */
	final void abandon() {
		ChannelHandlerContext to = this.context;
		leave(End.GONE);
		if (to != null) {
			to.close();
		}
	}

	/** Who is gone after a long stall was rather cut off by the network than left. */
	private End gone() {
		boolean stalled = this.waiting > 0 && now() - this.lastTaken >= PATIENCE / 2;
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
		else if (isStalled(now)) {
			end(End.SLOW);
		}
		else if (isVanished(now)) {
			abandon();
		}
		else {
			if (now - this.lastWrite >= HEARTBEAT) {
				Frame frame = heartbeat();
				writeNow(frame);
				frame.release();
			}
			look();
		}
	}

	/**
	 * Whether the client has taken nothing for too long, neither from us nor the kernel.
	 */
	private boolean isStalled(long now) {
		if (now - this.lastTaken < PATIENCE) {
			return false;
		}
		Reception reception = reception();
		if (reception != null && !this.http2 && reception.sinceSent() < PATIENCE) {
			this.lastTaken = now - reception.sinceSent();
			return false;
		}
		return true;
	}

	/** The kernel is asked about each once in a while, not about all at once. */
	private boolean isVanished(long now) {
		if ((now / 1_000 + this.index) % LOOK_EVERY != 0) {
			return false;
		}
		Reception reception = reception();
		return reception != null && reception.isVanished();
	}

	private @Nullable Reception reception() {
		return (this.context != null) ? Reception.of(this.context.channel()) : null;
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
		from.read();
	}

	/** The end of a content that others believe to have written is none of ours. */
	@Override
	public final void write(ChannelHandlerContext to, Object message, ChannelPromise promise) {
		ReferenceCountUtil.release(message);
		promise.trySuccess();
	}

	@Override
	public final void channelWritabilityChanged(ChannelHandlerContext from) {
		if (this.end == null && from.channel().isWritable()) {
			resume();
		}
	}

	@Override
	public final void channelInactive(ChannelHandlerContext from) {
		leave(gone());
	}

	@Override
	public final void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
		leave(gone());
		from.close();
	}

}
