package lectern.progress.model;

import java.time.Instant;
import java.util.List;

/**
 * What happened on a reader's way along a path. The components are the stored form, too:
 * they may be added to, never changed.
 */
public sealed interface PathEvent {

	/** When it happened. */
	Instant occurredAt();

	/**
	 * A reader set out, or went on.
	 *
	 * @param path its slug in the catalog
	 * @param title the title at the time
	 */
	record PathJoined(String reader, String path, String title, Instant occurredAt) implements PathEvent {
	}

	/** The reader left. */
	record PathLeft(Instant occurredAt) implements PathEvent {
	}

	/**
	 * A gate was passed, for ever.
	 *
	 * @param books the steps that were taken then, whatever becomes of the path
	 */
	record GatePassed(String gate, List<String> books, Instant occurredAt) implements PathEvent {

		public GatePassed {
			books = List.copyOf(books);
		}

	}

	/** A gate need not be passed, for ever. */
	record GateWaived(String gate, Instant occurredAt) implements PathEvent {
	}

}
