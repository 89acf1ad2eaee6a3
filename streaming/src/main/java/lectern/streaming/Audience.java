package lectern.streaming;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.EventLoop;
import lectern.streaming.Ring.Slot;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one stream on one event loop. Those that keep up share one place and
 * are served together, by one task however many there are and however often it is asked
 * for; the others go on by themselves. Used on the event loop alone, but for
 * {@link #wake()}.
 */
final class Audience<E> implements Runnable {

	/** Frames of a batch are written as one up to this size. */
	private static final int MOST_TOGETHER = 32 * 1024;

	private final Hub<E> hub;

	private final EventLoop loop;

	private final List<Subscriber<E>> unkeyed = new ArrayList<>();

	private final Map<String, List<Subscriber<E>>> keyed = new HashMap<>();

	private final Set<Subscriber<E>> behind = new LinkedHashSet<>();

	private final List<Slot<E>> slots = new ArrayList<>(Ring.BATCH);

	private final List<Slot<E>> spare = new ArrayList<>(Ring.BATCH);

	private final AtomicBoolean awake = new AtomicBoolean();

	private boolean running;

	private Live<E> log;

	/** The place of all that keep up. */
	private long seen;

	private long batch;

	Audience(Hub<E> hub, EventLoop loop, Live<E> log) {
		this.hub = hub;
		this.loop = loop;
		this.log = log;
		this.seen = log.ring().last();
	}

	/** There may be something to do. */
	void wake() {
		if (this.awake.compareAndSet(false, true)) {
			this.loop.execute(this);
		}
	}

	@Override
	public void run() {
		if (this.running) {
			// A channel that runs tasks while it is written to: what it asks for comes
			// after.
			return;
		}
		this.running = true;
		this.awake.set(false);
		followLog();
		// One batch at a time: requests on this loop take their turns in between.
		boolean more = deliver();
		catchUp();
		this.running = false;
		if (more || this.awake.getAndSet(false)) {
			wake();
		}
	}

	/** Whether there may be more. */
	private boolean deliver() {
		int count = this.log.ring().read(this.seen, this.slots);
		if (count == 0) {
			return false;
		}
		if (count == Ring.FALLEN_OFF) {
			// This loop was held up for longer than the ring is long.
			subscribers().stream().filter((one) -> one.seat >= 0).forEach((one) -> fallBehind(one, this.seen));
			this.seen = this.log.ring().last();
			return true;
		}
		this.batch++;
		serveUnkeyed();
		this.slots.forEach(this::serveKeyed);
		this.seen = this.slots.getLast().entry().position();
		Instant now = Instant.now();
		this.slots.forEach((slot) -> {
			this.hub.meters().delivered(slot.entry().receivedAt(), now);
			slot.frame().release();
		});
		return true;
	}

	private void serveUnkeyed() {
		if (this.unkeyed.isEmpty()) {
			return;
		}
		Frame together = together();
		serve(this.unkeyed, this.slots, together);
		if (together != null) {
			together.release();
		}
	}

	/** The batch as one frame, to be released; null if it is too large for that. */
	private @Nullable Frame together() {
		List<Frame> frames = this.slots.stream().map(Slot::frame).toList();
		if (frames.size() == 1) {
			return frames.getFirst().retain() ? frames.getFirst() : null;
		}
		int size = frames.stream().mapToInt(Frame::size).sum();
		return (size <= MOST_TOGETHER) ? Frame.together(frames) : null;
	}

	private void serveKeyed(Slot<E> slot) {
		String key = this.hub.key(slot.entry().event());
		List<Subscriber<E>> wanting = (key != null) ? this.keyed.get(key) : null;
		if (wanting != null) {
			this.batch++;
			serve(wanting, List.of(slot), slot.frame());
		}
	}

	/**
	 * From the last to the first: who leaves meanwhile is replaced by the last one, which
	 * is known to have been served by its batch.
	 */
	private void serve(List<Subscriber<E>> subscribers, List<Slot<E>> fresh, @Nullable Frame together) {
		for (int at = subscribers.size() - 1; at >= 0; at--) {
			if (at < subscribers.size() && subscribers.get(at).batch != this.batch) {
				Subscriber<E> subscriber = subscribers.get(at);
				subscriber.batch = this.batch;
				long place = subscriber.take(fresh, together);
				if (place != Subscriber.KEEPS_UP && subscriber.seat >= 0) {
					fallBehind(subscriber, place);
				}
			}
		}
	}

	private void fallBehind(Subscriber<E> subscriber, long place) {
		unseat(subscriber);
		subscriber.fallBehind(place);
		this.behind.add(subscriber);
	}

	private void catchUp() {
		if (this.behind.isEmpty()) {
			return;
		}
		for (Subscriber<E> subscriber : List.copyOf(this.behind)) {
			if (subscriber.catchUp(this.log, this.seen, this.spare) && this.behind.remove(subscriber)) {
				seat(subscriber);
			}
		}
	}

	/** Another log stands where ours was: everybody begins anew. */
	private void followLog() {
		@Nullable Live<E> current = this.hub.live();
		if (current != null && current != this.log) {
			this.log = current;
			this.seen = current.ring().last();
			Cursor now = current.cursor(this.seen);
			subscribers().forEach((one) -> one.replaced(now, this.hub.reset(Resume.FOREIGN_EPOCH)));
		}
	}

	void join(Subscriber<E> subscriber, Cursor start) {
		if (!start.epoch().equals(this.log.beginning().epoch())) {
			subscriber.replaced(this.log.cursor(this.seen), this.hub.reset(Resume.FOREIGN_EPOCH));
		}
		if (subscriber.position() == this.seen) {
			seat(subscriber);
		}
		else {
			this.behind.add(subscriber);
			wake();
		}
	}

	void leave(Subscriber<E> subscriber) {
		if (subscriber.seat >= 0) {
			unseat(subscriber);
		}
		else {
			this.behind.remove(subscriber);
		}
	}

	/** The cursor that a subscriber has reached. */
	Cursor place(Subscriber<E> subscriber) {
		return this.log.cursor((subscriber.seat >= 0) ? this.seen : subscriber.position());
	}

	Live<E> log() {
		return this.log;
	}

	/** All of them, in no order. */
	List<Subscriber<E>> subscribers() {
		List<Subscriber<E>> all = new ArrayList<>(this.unkeyed);
		this.keyed.values().forEach(all::addAll);
		all.addAll(this.behind);
		return all;
	}

	private void seat(Subscriber<E> subscriber) {
		String key = subscriber.subscription().key();
		List<Subscriber<E>> row = (key == null) ? this.unkeyed
				: this.keyed.computeIfAbsent(key, (_) -> new ArrayList<>(1));
		subscriber.seat = row.size();
		row.add(subscriber);
	}

	private void unseat(Subscriber<E> subscriber) {
		String key = subscriber.subscription().key();
		List<Subscriber<E>> row = (key == null) ? this.unkeyed : this.keyed.getOrDefault(key, new ArrayList<>());
		Subscriber<E> last = row.removeLast();
		if (last != subscriber) {
			row.set(subscriber.seat, last);
			last.seat = subscriber.seat;
		}
		subscriber.seat = -1;
		if (key != null && row.isEmpty()) {
			this.keyed.remove(key);
		}
	}

}
