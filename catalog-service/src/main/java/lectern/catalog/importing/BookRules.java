package lectern.catalog.importing;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import lectern.catalog.book.BookContent;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** The rules that a curator's write has to keep, applied to what a list brings. */
@Component
class BookRules {

	private final Validator validator;

	BookRules(Validator validator) {
		this.validator = validator;
	}

	/** What is against the book, for a person; null if nothing is. */
	@Nullable String findViolation(BookContent content) {
		return this.validator.validate(content).stream().map(BookRules::sentence).sorted().findFirst().orElse(null);
	}

	private static String sentence(ConstraintViolation<BookContent> violation) {
		String member = violation.getPropertyPath().toString().replace(".<list element>", "");
		return "Its " + member + " " + violation.getMessage() + ".";
	}

}
