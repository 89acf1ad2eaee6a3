package lectern.progress.document;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import lectern.progress.forecast.Place;
import lectern.progress.log.StoredEvent;
import lectern.progress.model.Position;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;

/** The places that a reader has been to, in the order of time. */
final class Places {

	private Places() {
	}

	/** What a restore took back has not been read: it shows nothing of the pace. */
	static List<Place> of(List<StoredEvent> events) {
		List<Place> places = new ArrayList<>();
		for (StoredEvent event : events) {
			if (event.payload() instanceof PositionReported reported && reported.moved()) {
				places.add(place(reported.position()));
			}
			else if (event.payload() instanceof PositionRestored restored) {
				Instant then = restored.position().occurredAt();
				while (!places.isEmpty() && !places.getLast().at().isBefore(then)) {
					places.removeLast();
				}
				places.add(place(restored.position()));
			}
		}
		return places;
	}

	private static Place place(Position position) {
		return new Place(position.occurredAt(), position.fraction().doubleValue());
	}

}
