package lectern.streaming;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import lectern.streaming.Ring.Slot;
import org.jspecify.annotations.Nullable;

/**
 * A place in a stream that moves as fast as its client reads. Who keeps up has the place
 * that its audience has; who does not has its own, in the ring or, older than that, in
 * the log. There is no seam, because the place is all there is.
 */
final class Subscriber<E> extends Connection {

	/** What {@link #take} answers to who took everything. */
	static final long KEEPS_UP = -1;

	/** Milliseconds until the log is asked again when it could not be read. */
	private static final long LOOK_AGAIN = 1_000;

	private final Hub<E> hub;

	private final Subscription<E> subscription;

	private final Resume.Start start;

	private @Nullable Audience<E> audience;

	/** Index among those that keep up; negative for who does not. */
	int seat = -1;

	/** The last batch it was offered. */
	long batch;

	/** Where it is, unless it keeps up. */
	private long position;

	/** The last place that its client was told of while it did not keep up. */
	private long told;

	/** Whether a page of the log is on its way. */
	private boolean replaying;

	/** When the log may be asked again. */
	private long notBefore;

	Subscriber(Hub<E> hub, Subscription<E> subscription, Resume.Start start) {
		super(hub.meters(), subscription.sessionEnd());
		this.hub = hub;
		this.subscription = subscription;
		this.start = start;
		this.position = start.cursor().position();
		this.told = this.position;
	}

	Subscription<E> subscription() {
		return this.subscription;
	}

	/** Where it is, unless it keeps up. */
	long position() {
		return this.position;
	}

	@Override
	protected void begin() {
		writeOwn(Frame.opening(this.start.cursor()));
		Frame.Reset reset = this.start.reset();
		if (reset != null) {
			reset(this.start.cursor(), reset);
		}
		Audience<E> among = this.hub.audience(loop());
		if (among == null) {
			end(End.DRAIN);
			return;
		}
		this.audience = among;
		among.join(this, this.start.cursor());
	}

	/**
	 * Take what is new.
	 * @param slots in order, after what was taken before
	 * @param together their frames as one; null if each is to be taken by itself
	 * @return the place if it could not take all; {@link #KEEPS_UP} if it did
	 */
	long take(List<Slot<E>> slots, @Nullable Frame together) {
		if (together != null && this.subscription.wanted() == null) {
			if (!isWritable()) {
				return slots.getFirst().previous();
			}
			writeNow(together);
			return KEEPS_UP;
		}
		for (Slot<E> slot : slots) {
			if (wants(slot.entry().event())) {
				if (!isWritable()) {
					flush();
					return slot.previous();
				}
				write(slot.frame());
			}
		}
		flush();
		return KEEPS_UP;
	}

	/** Whether an event is for it: of its key, if it has one, and wanted. */
	boolean wants(E event) {
		String key = this.subscription.key();
		return (key == null || key.equals(this.hub.key(event))) && this.subscription.wants(event);
	}

	void fallBehind(long at) {
		this.position = at;
		this.told = at;
	}

	/**
	 * Go on from its own place, as far as the client takes it.
	 * @param seen where those are that keep up
	 * @param spare to read into
	 * @return whether it keeps up from now on
	 */
	boolean catchUp(Live<E> log, long seen, List<Slot<E>> spare) {
		while (!this.replaying && isWritable() && this.position < seen) {
			int count = log.ring().read(this.position, spare);
			if (count == Ring.FALLEN_OFF) {
				replay(log);
				break;
			}
			takeOwn(spare, seen);
		}
		boolean keepsUp = !this.replaying && this.position == seen;
		if (keepsUp && this.told != seen) {
			// It wanted none of the last events; its client learns that it has caught up.
			writeOwn(Frame.heartbeat(log.cursor(seen)));
		}
		flush();
		return keepsUp;
	}

	private void takeOwn(List<Slot<E>> slots, long seen) {
		for (Slot<E> slot : slots) {
			long next = slot.entry().position();
			if (next <= seen && isWritable()) {
				if (wants(slot.entry().event())) {
					write(slot.frame());
					this.told = next;
				}
				this.position = next;
			}
			slot.frame().release();
		}
	}

	/** What is too old for the ring comes from the log, a page at a time. */
	private void replay(Live<E> log) {
		if (now() >= this.notBefore) {
			this.replaying = true;
			this.hub.replay(this, log);
		}
	}

	/**
	 * A page of a log has come.
	 * @param page null if the log could not be read
	 */
	void replayed(Live<E> log, @Nullable Page page) {
		this.replaying = false;
		if (page == null || this.audience == null || this.audience.log() != log) {
			this.notBefore = now() + LOOK_AGAIN + ThreadLocalRandom.current().nextLong(LOOK_AGAIN);
			return;
		}
		this.position = page.position();
		this.told = page.position();
		writeOwn(page.frame());
		flush();
		resume();
	}

	/** The log is another one from now on. */
	void replaced(Cursor current, Frame.Reset reset) {
		this.position = current.position();
		this.told = current.position();
		reset(current, reset);
		flush();
	}

	private void reset(Cursor current, Frame.Reset reset) {
		this.hub.meters().reset(reset.reason());
		writeOwn(Frame.reset(current, reset));
	}

	@Override
	protected void resume() {
		if (this.audience != null) {
			this.audience.wake();
		}
	}

	/** Every look at the time is also one at the log, should that have failed before. */
	@Override
	protected void look() {
		if (this.seat < 0 && !this.replaying) {
			resume();
		}
	}

	@Override
	protected Frame heartbeat() {
		return Frame.heartbeat(Objects.requireNonNull(this.audience).place(this));
	}

	@Override
	protected void left() {
		if (this.audience != null) {
			this.audience.leave(this);
		}
	}

}
