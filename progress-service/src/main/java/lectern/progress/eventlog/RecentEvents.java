package lectern.progress.eventlog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import lectern.progress.eventlog.AppendOutcome.Committed;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventReader;
import lectern.streaming.postgreslog.LogNotifications;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The latest events of the log, in memory. All who follow the log read the same events at
 * nearly the same time: the first one reads and parses them, or they are here already
 * because this node has appended them. Safe on any thread.
 */
@Component
public final class RecentEvents {

	/** A few MB, and more than a second of events at 3,000 per second. */
	private static final int CAPACITY = 4096;

	private final LogNotifications notifications;

	private final ApplicationEventPublisher publisher;

	/** Null where the position has no event any more. */
	private final @Nullable StoredEvent[] ring = new StoredEvent[CAPACITY];

	/** The position of the oldest event; 0 if there is none. */
	private long first;

	/** The position of the latest event. */
	private long last;

	/** The position of the last erasure; what was read before it may be outdated. */
	private long erasedAt;

	RecentEvents(LogNotifications notifications, ApplicationEventPublisher publisher) {
		this.notifications = notifications;
		this.publisher = publisher;
	}

	/**
	 * Return a reader of all events, in the order of the log, for those who follow it.
	 * @param log reads the events that are not here
	 */
	public EventReader<StoredEvent> orElse(EventReader<StoredEvent> log) {
		return (after, upTo, limit) -> Flux.defer(() -> {
			List<EventEnvelope<StoredEvent>> found = find(after, upTo, limit);
			return found.isEmpty() ? read(log, after, upTo, limit) : Flux.fromIterable(found);
		});
	}

	private Flux<EventEnvelope<StoredEvent>> read(EventReader<StoredEvent> log, long after, long upTo, int limit) {
		return log.read(after, upTo, limit).collectList().flatMapIterable((page) -> {
			add(page.stream().map(EventEnvelope::event).toList());
			return page;
		});
	}

	/** Add the events of a batch that this node has committed. */
	void addCommitted(List<AppendOutcome> outcomes) {
		for (AppendOutcome outcome : outcomes) {
			if (outcome instanceof Committed committed) {
				add(committed.result().events());
			}
		}
	}

	/**
	 * Add events with no others between them, and drop all before the erasure of a
	 * reader.
	 */
	void add(List<StoredEvent> events) {
		for (int index = events.size() - 1; index >= 0; index--) {
			if (events.get(index).payload() instanceof ReaderErased erased) {
				if (dropThrough(events.get(index).position())) {
					this.publisher.publishEvent(erased);
				}
				keep(events.subList(index + 1, events.size()));
				return;
			}
		}
		keep(events);
	}

	/** Return whether the erasure is a new one. */
	private synchronized boolean dropThrough(long position) {
		boolean added = position > this.erasedAt;
		if (added) {
			this.erasedAt = position;
			if (this.first <= position) {
				Arrays.fill(this.ring, null);
				this.first = 0;
				this.last = 0;
			}
		}
		return added;
	}

	/**
	 * Add events with no others between them. If they neither overlap nor adjoin those
	 * that are here, because another node has appended what is between, only the later
	 * ones are kept.
	 */
	private synchronized void keep(List<StoredEvent> events) {
		if (events.isEmpty() || events.getFirst().position() <= this.erasedAt) {
			return;
		}
		long from = events.getFirst().position();
		long to = events.getLast().position();
		if (this.first == 0 || from > this.last + 1) {
			this.first = from;
			this.last = from - 1;
		}
		else if (to < this.first - 1) {
			return;
		}
		long oldFirst = this.first;
		long oldLast = this.last;
		this.last = Math.max(oldLast, to);
		this.first = Math.max(Math.min(oldFirst, from), this.last - CAPACITY + 1);
		for (long position = Math.max(from, this.first); position <= to; position++) {
			if (position < oldFirst || position > oldLast) {
				this.ring[index(position)] = null;
			}
		}
		for (StoredEvent event : events) {
			long position = event.position();
			if (position >= this.first && (position < oldFirst || position > oldLast)) {
				this.ring[index(position)] = event;
			}
		}
	}

	/**
	 * Find the events after a position. Empty if they are not here or if there may be
	 * more than are here, which other nodes have appended.
	 */
	private synchronized List<EventEnvelope<StoredEvent>> find(long after, long upTo, int limit) {
		long end = Math.min(upTo, this.last);
		if (this.first == 0 || after + 1 < this.first || end <= after) {
			return List.of();
		}
		List<EventEnvelope<StoredEvent>> found = new ArrayList<>((int) Math.min(limit, end - after));
		for (long position = after + 1; position <= end && found.size() < limit; position++) {
			StoredEvent event = this.ring[index(position)];
			if (event != null) {
				found.add(event.toEnvelope());
			}
		}
		return (found.size() == limit || isComplete(end)) ? found : List.of();
	}

	private boolean isComplete(long end) {
		return end < this.last || this.last >= this.notifications.announcedPosition();
	}

	private static int index(long position) {
		return (int) (position % CAPACITY);
	}

}
