package lectern.catalog.path;

import lectern.web.Text;
import jakarta.validation.constraints.NotNull;
import lectern.catalog.book.Id;
import org.jspecify.annotations.Nullable;

/**
 * One book on the way through a gate.
 *
 * @param book its id
 * @param note what to look for in it, here
 */
public record Step(@NotNull(message = "is missing") @Id String book, @Text(max = 1000) @Nullable String note) {

}
