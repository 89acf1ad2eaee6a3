package lectern.progress.command;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import lectern.web.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * The members of a merge patch for a reading, of which only the edition can be changed.
 * Those that identify what was read are accepted and ignored.
 *
 * @param edition the name, the ISBN or the label of an edition of the book; null to name
 * none, or if absent
 */
@JsonIgnoreProperties({ "id", "version" })
record EditionPatchRequest(@PlainText(max = StartReadingRequest.MAX_EDITION) @Nullable String edition,
		@ValidInstant @Nullable String occurredAt, @ValidInstant @Nullable String sentAt) implements TimedRequest {

}
