package lectern.bench.scenario;

import java.io.IOException;
import java.time.Duration;

import lectern.bench.systems.BenchTarget;

/** Measures the size of an event on the wire, including HTTP framing. */
final class FrameSize {

	private FrameSize() {
	}

	/**
	 * Return the average size of some events in bytes.
	 * @param burst the number of events that are written together
	 */
	static int measure(BenchTarget target, int burst) throws IOException {
		try (DeliverySession session = DeliverySession.open(target, 1, 1)) {
			long before = session.bytesReceived();
			MeasurementWindow window = session.measure(50, burst, Duration.ofMillis(400));
			return (int) ((session.bytesReceived() - before) / Math.max(window.deliveries(), 1));
		}
	}

}
