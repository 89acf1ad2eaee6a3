package lectern.progress.representation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.forecast.ProgressSample;
import lectern.progress.model.Position;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;

/** Extracts the samples that a forecast is computed from. */
final class ProgressSamples {

	private ProgressSamples() {
	}

	/**
	 * Return the positions that the reader reached, ordered by time. Positions that a
	 * restore undid are left out, because they say nothing about the pace.
	 */
	static List<ProgressSample> of(List<StoredEvent> events) {
		List<ProgressSample> samples = new ArrayList<>();
		for (StoredEvent event : events) {
			if (event.payload() instanceof PositionReported reported && reported.moved()) {
				samples.add(sample(reported.position()));
			}
			else if (event.payload() instanceof PositionRestored restored) {
				Instant restoredAt = restored.position().occurredAt();
				while (!samples.isEmpty() && !samples.getLast().at().isBefore(restoredAt)) {
					samples.removeLast();
				}
				samples.add(sample(restored.position()));
			}
		}
		return samples;
	}

	private static ProgressSample sample(Position position) {
		return new ProgressSample(position.occurredAt(), position.fraction().doubleValue());
	}

}
