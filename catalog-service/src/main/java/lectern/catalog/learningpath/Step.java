package lectern.catalog.learningpath;

import jakarta.validation.constraints.NotNull;
import lectern.catalog.book.ValidId;
import lectern.web.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * One book on the way through a gate.
 *
 * @param book its id
 * @param note what to look for in it, here
 */
public record Step(@NotNull(message = "is missing") @ValidId String book,
		@PlainText(max = 1000) @Nullable String note) {

}
