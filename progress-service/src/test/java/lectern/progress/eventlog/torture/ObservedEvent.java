package lectern.progress.eventlog.torture;

import java.time.Instant;

import lectern.progress.eventlog.StoredEvent;

/** An event as stored in the log or as seen by a follower. */
record ObservedEvent(long position, String stream, int version, Instant receivedAt, String text) {

	static ObservedEvent of(StoredEvent event) {
		return new ObservedEvent(event.position(), event.stream(), event.version(), event.receivedAt(),
				((LogNode.TortureEvent) event.payload()).text());
	}

}
