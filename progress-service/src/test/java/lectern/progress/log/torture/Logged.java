package lectern.progress.log.torture;

import java.time.Instant;

import lectern.progress.log.StoredEvent;

/** An event as it stands in the log, and as a follower saw it. */
record Logged(long position, String stream, int version, Instant receivedAt, String text) {

	static Logged of(StoredEvent event) {
		return new Logged(event.position(), event.stream(), event.version(), event.receivedAt(),
				((Node.Noted) event.payload()).text());
	}

}
