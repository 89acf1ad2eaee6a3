package lectern.bench.row;

import java.io.IOException;
import java.time.Duration;

import lectern.bench.peer.Peer;

/** Measures how many bytes an event has on the wire, framing of HTTP included. */
final class FrameSize {

	private FrameSize() {
	}

	/** The mean over some events that are written so many at once. */
	static int of(Peer peer, int atOnce) throws IOException {
		try (Session session = Session.open(peer, 1, 1)) {
			long before = session.bytes();
			Window window = session.run(50, atOnce, Duration.ofMillis(400));
			return (int) ((session.bytes() - before) / Math.max(window.deliveries(), 1));
		}
	}

}
