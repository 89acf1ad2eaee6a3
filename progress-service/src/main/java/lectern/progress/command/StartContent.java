package lectern.progress.command;

import java.util.UUID;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import lectern.progress.document.ReadingId;
import lectern.web.Text;

/**
 * What is sent to start a reading. The constraints hold for what has passed validation.
 *
 * @param book its slug in the catalog
 * @param edition the reader's word for it
 * @param id made by the client, so that it can repeat the start without starting twice
 */
record StartContent(@NotNull(message = "is missing") @Text(max = 80) String book,
		@Text(max = 200) @Nullable String edition,
		@Pattern(regexp = ReadingId.FORM, message = "must be a UUID") @Nullable String id) {

	UUID readingId() {
		return (this.id != null) ? UUID.fromString(this.id) : UUID.randomUUID();
	}

}
