package lectern.progress.command;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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

}
