package lectern.streaming;

import java.io.IOException;
import java.time.Instant;
import java.util.Objects;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
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
public abstract class Connection extends OnlyHandler {

	/** What may wait in our memory for one client, and when it may be more again. */
	private static final WriteBufferWaterMark BOUNDS = new WriteBufferWaterMark(8 * 1024, 32 * 1024);

	private final StreamMeters meters;

	private final @Nullable Instant sessionEnd;

	private final Sinks.Empty<Void> ended = Sinks.empty();

	/** Index in its circle. */
	int index;

	private @Nullable Circle circle;

	private @Nullable Place taken;

	private @Nullable Outlet outlet;

	private @Nullable Life life;

	private @Nullable End end;

	private Sinks.@Nullable Empty<Void> room;

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
	protected void resume() {
	}

	/** Completes when the client can take more, at once if it can. */
	protected final Mono<Void> room() {
		if (isWritable()) {
			return Mono.empty();
		}
		Sinks.Empty<Void> awaited = Sinks.empty();
		this.room = awaited;
		return awaited.asMono();
	}

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
	 * Take over a channel on which the answer's headers have been written.
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
		this.circle = pulse.on(channel.eventLoop());
		channel.config().setWriteBufferWaterMark(BOUNDS);
		this.life = new Life(now(), this.sessionEnd);
		this.outlet = new Outlet(takeOver(channel, codec), now());
		this.circle.add(this);
		this.meters.opened();
		begin();
		flush();
		channel.read();
		return true;
	}

	/** Milliseconds by the pulse. */
	protected final long now() {
		return (this.circle != null) ? this.circle.now() : 0;
	}

	/** Where everything happens. */
	protected final EventLoop loop() {
		return Objects.requireNonNull(this.outlet).loop();
	}

	/** Whether the client keeps up; what is written when not waits in memory. */
	public final boolean isWritable() {
		return this.outlet != null && this.outlet.isWritable();
	}

	/** Write without flushing. The frame stays the caller's to release. */
	public final void write(Frame frame) {
		Outlet to = this.outlet;
		if (to != null && this.end == null) {
			to.write(frame, now());
			this.meters.sent(frame.count());
		}
	}

	/** Write a frame and have it sent at once. It stays the caller's to release. */
	final void writeNow(Frame frame) {
		Outlet to = this.outlet;
		if (to == null || this.end != null) {
			return;
		}
		try {
			to.writeNow(frame, now());
			this.meters.sent(frame.count());
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
		if (this.outlet != null) {
			this.outlet.flush();
		}
	}

	/** End the stream and say why. Once it has ended this does nothing. */
	public final void end(End how) {
		Outlet to = this.outlet;
		if (this.end != null || to == null) {
			return;
		}
		if (how.isSilent()) {
			leave(how);
			to.cut();
			return;
		}
		writeOwn(Frame.end(how));
		leave(how);
		to.finish();
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
		leave(End.GONE);
		if (this.outlet != null) {
			this.outlet.close();
		}
	}

	final void tick(long now) {
		Outlet to = Objects.requireNonNull(this.outlet);
		switch (Objects.requireNonNull(this.life).due(now, to, this.index)) {
			case AGE -> end(End.AGE);
			case SLOW -> end(End.SLOW);
			case VANISHED -> abandon();
			case HEARTBEAT -> {
				Frame frame = heartbeat();
				writeNow(frame);
				frame.release();
				look();
			}
			case NOTHING -> look();
		}
	}

	@Override
	final void noisy() {
		end(End.NOISE);
	}

	@Override
	final void writable() {
		if (this.end != null) {
			return;
		}
		Sinks.Empty<Void> awaited = this.room;
		if (awaited != null) {
			this.room = null;
			awaited.tryEmitEmpty();
		}
		resume();
	}

	/** Who is gone after a long stall was rather cut off by the network than left. */
	@Override
	final void gone() {
		leave((this.life != null && this.life.isStalled(now())) ? End.SLOW : End.GONE);
	}

}
