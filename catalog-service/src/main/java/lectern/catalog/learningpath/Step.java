package lectern.catalog.learningpath;

import jakarta.validation.constraints.NotNull;
import lectern.catalog.book.ValidId;
import lectern.web.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * A book to read for a gate.
 *
 * @param book the id of the book
 * @param note what to pay attention to in the book
 */
public record Step(@NotNull(message = "is missing") @ValidId String book,
		@PlainText(max = 1000) @Nullable String note) {

}
