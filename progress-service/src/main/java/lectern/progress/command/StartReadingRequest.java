package lectern.progress.command;

import java.util.UUID;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import lectern.progress.representation.ReadingId;
import lectern.web.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * The request body of a start. The non-null types hold after validation.
 *
 * @param book the slug of the book in the catalog
 * @param edition the name, the ISBN or the label of an edition of the book; may be absent
 * @param id a UUID chosen by the client, so that it can repeat the request without
 * starting a second reading; may be absent
 * @param again true to start a reading even if another one of the book is open; false if
 * absent
 */
record StartReadingRequest(@NotNull(message = "is missing") @PlainText(max = 80) String book,
		@PlainText(max = MAX_EDITION) @Nullable String edition,
		@Pattern(regexp = ReadingId.REGEX, message = "must be a UUID") @Nullable String id, @Nullable Boolean again,
		@ValidInstant @Nullable String occurredAt, @ValidInstant @Nullable String sentAt) implements TimedRequest {

	static final int MAX_EDITION = 200;

	boolean startsAgain() {
		return Boolean.TRUE.equals(this.again);
	}

	UUID readingId() {
		return (this.id != null) ? UUID.fromString(this.id) : UUID.randomUUID();
	}

}
