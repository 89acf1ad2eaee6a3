package lectern.bench.scenario;

import java.io.IOException;
import java.time.Duration;

import lectern.bench.targets.BenchTarget;

/** Measures how many bytes an event has on the wire, framing of HTTP included. */
final class FrameSize {

	private FrameSize() {
	}

	/** The mean over some events that are written so many at once. */
	static int measure(BenchTarget peer, int atOnce) throws IOException {
		try (DeliverySession session = DeliverySession.open(peer, 1, 1)) {
			long before = session.bytesReceived();
			MeasurementWindow window = session.measure(50, atOnce, Duration.ofMillis(400));
			return (int) ((session.bytesReceived() - before) / Math.max(window.deliveries(), 1));
		}
	}

}
