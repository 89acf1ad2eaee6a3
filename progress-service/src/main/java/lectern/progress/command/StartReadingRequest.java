package lectern.progress.command;

import java.util.UUID;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import lectern.progress.representation.ReadingId;
import lectern.web.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to start a reading. The constraints hold for what has passed validation.
 *
 * @param book its slug in the catalog
 * @param edition the reader's word for it
 * @param id made by the client, so that it can repeat the start without starting twice
 */
record StartReadingRequest(@NotNull(message = "is missing") @PlainText(max = 80) String book,
		@PlainText(max = 200) @Nullable String edition,
		@Pattern(regexp = ReadingId.REGEX, message = "must be a UUID") @Nullable String id) {

	UUID readingId() {
		return (this.id != null) ? UUID.fromString(this.id) : UUID.randomUUID();
	}

}
