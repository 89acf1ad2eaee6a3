package lectern.progress.command;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import lectern.progress.catalogreplica.BookEditions;
import lectern.progress.model.ReadingCommand.ChangeEdition;
import lectern.web.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * A change of the edition: the members of a merge patch for a reading, or of a line in a
 * list. Members that identify what was read are accepted and ignored.
 *
 * @param edition the name, the ISBN or the label of an edition of the book; null to name
 * none
 */
@JsonIgnoreProperties({ "id", "version" })
record ChangeEditionRequest(@PlainText(max = StartReadingRequest.MAX_EDITION) @Nullable String edition,
		@ValidInstant @Nullable String occurredAt, @ValidInstant @Nullable String sentAt) implements TimedRequest {

	/** The member that a document must have, even if it names no edition. */
	static final String EDITION = "edition";

	/** Create the command, given the editions that the book has. */
	ChangeEdition toCommand(String reader, Instant receivedAt, BookEditions editions) {
		return new ChangeEdition(reader, (this.edition != null) ? editions.find(this.edition) : null, clock(),
				receivedAt);
	}

}
