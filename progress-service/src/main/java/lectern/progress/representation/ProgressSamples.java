package lectern.progress.representation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.forecast.ProgressSample;
import lectern.progress.model.Position;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;

/** The places that a reader has been to, in the order of time. */
final class ProgressSamples {

	private ProgressSamples() {
	}

	/** What a restore took back has not been read: it shows nothing of the pace. */
	static List<ProgressSample> of(List<StoredEvent> events) {
		List<ProgressSample> places = new ArrayList<>();
		for (StoredEvent event : events) {
			if (event.payload() instanceof PositionReported reported && reported.moved()) {
				places.add(sample(reported.position()));
			}
			else if (event.payload() instanceof PositionRestored restored) {
				Instant then = restored.position().occurredAt();
				while (!places.isEmpty() && !places.getLast().at().isBefore(then)) {
					places.removeLast();
				}
				places.add(sample(restored.position()));
			}
		}
		return places;
	}

	private static ProgressSample sample(Position position) {
		return new ProgressSample(position.occurredAt(), position.fraction().doubleValue());
	}

}
