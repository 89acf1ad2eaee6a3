package lectern.catalog.importing;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import lectern.catalog.book.BookContent;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Applies the constraints of a curator's write to the books of a list. */
@Component
class BookRules {

	private final Validator validator;

	BookRules(Validator validator) {
		this.validator = validator;
	}

	/** Return the first violated constraint as a sentence; null if the book is valid. */
	@Nullable String findViolation(BookContent content) {
		return this.validator.validate(content).stream().map(BookRules::sentence).sorted().findFirst().orElse(null);
	}

	private static String sentence(ConstraintViolation<BookContent> violation) {
		String member = violation.getPropertyPath().toString().replace(".<list element>", "");
		return "The member " + member + " " + violation.getMessage() + ".";
	}

}
