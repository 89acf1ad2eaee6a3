package lectern.catalog.book;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import lectern.web.PlainText;
import org.hibernate.validator.constraints.ISBN;
import org.jspecify.annotations.Nullable;

/**
 * One publication of a book. A member that is not known is null.
 *
 * @param label its name, such as "2nd edition"
 * @param isbn with 10 or 13 digits
 * @param language a BCP 47 tag
 * @param format such as "print" or "EPUB"
 */
public record Edition(@PlainText(max = 200) @Nullable String label,
		@Min(value = 1400, message = "must be a year from 1400 to 2100") @Max(value = 2100,
				message = "must be a year from 1400 to 2100") @Nullable Integer year,
		@Pattern(regexp = "[0-9X -]{10,17}", message = "must be an ISBN written in digits, spaces and hyphens") @ISBN(
				type = ISBN.Type.ANY, message = "must be an ISBN with a correct check digit") @Nullable String isbn,
		@Pattern(regexp = BookContent.LANGUAGE, message = BookContent.LANGUAGE_MESSAGE) @Nullable String language,
		@PlainText(max = 100) @Nullable String format,
		@Min(value = 1, message = "must be a number of pages from 1 to 100000") @Max(value = 100_000,
				message = "must be a number of pages from 1 to 100000") @Nullable Integer pages) {

}
