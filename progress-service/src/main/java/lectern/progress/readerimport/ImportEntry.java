package lectern.progress.readerimport;

import java.time.Instant;

import lectern.web.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A line of an export that is imported. */
sealed interface ImportEntry {

	/** The number of the line, from 1. */
	int number();

	/** A line without content. */
	record BlankEntry(int number) implements ImportEntry {
	}

	/**
	 * The line of the account.
	 *
	 * @param profile name, policy and zone, not validated yet
	 */
	record AccountEntry(int number, String reader, ObjectNode profile) implements ImportEntry {
	}

	/**
	 * The line of an event.
	 *
	 * @param stream the stream of a reading or a path
	 * @param book null for an event of a path
	 * @param receivedAt when the first log has received it
	 * @param data the payload as JSON
	 * @param payload the payload, parsed
	 */
	record EventEntry(int number, String type, String stream, @Nullable String book, Instant occurredAt,
			Instant receivedAt, ObjectNode data, Object payload) implements ImportEntry {
	}

	/** A line that is not imported. */
	record RefusedEntry(int number, Problem reason) implements ImportEntry {
	}

}
