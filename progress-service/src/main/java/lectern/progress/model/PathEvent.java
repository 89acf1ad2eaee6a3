package lectern.progress.model;

import java.time.Instant;
import java.util.List;

/**
 * An event of a reader's progress on a path. The record components define the stored
 * JSON: components may be added, existing ones must not change.
 */
public sealed interface PathEvent {

	/** When the event occurred. */
	Instant occurredAt();

	/**
	 * The reader joined the path, for the first time or again.
	 *
	 * @param path the slug in the catalog
	 * @param title the title at that time
	 */
	record PathJoined(String reader, String path, String title, Instant occurredAt) implements PathEvent {
	}

	/** The reader left the path. */
	record PathLeft(Instant occurredAt) implements PathEvent {
	}

	/**
	 * A gate was passed. It stays passed for ever.
	 *
	 * @param books the finished steps at that time, kept whatever happens to the path
	 */
	record GatePassed(String gate, List<String> books, Instant occurredAt) implements PathEvent {

		public GatePassed {
			books = List.copyOf(books);
		}

	}

	/** A gate was waived. It stays waived for ever. */
	record GateWaived(String gate, Instant occurredAt) implements PathEvent {
	}

}
