package lectern.catalog.search;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import lectern.catalog.book.BookContent;
import lectern.web.Problem;

/**
 * A property of books that a list can be filtered by. Its name in lower case is the name
 * of the parameter, and the kind of a facet in the database ({@code topic=python}).
 */
enum Facet {

	TOPIC("must have 1 to 200 characters and no control characters", Facet::isName),

	AUTHOR("must have 1 to 200 characters and no control characters", Facet::isName),

	LANGUAGE("must be a BCP 47 language tag", (value) -> value.matches(BookContent.LANGUAGE)),

	ACCESS("must be one of open-access, sample, library-loan, trial, talk, docs, blog, code",
			Set.of("open-access", "sample", "library-loan", "trial", "talk", "docs", "blog", "code")::contains),

	LEVEL("must be one of beginner, intermediate, advanced", Set.of("beginner", "intermediate", "advanced")::contains);

	private static final int MAX_NAME_LENGTH = 200;

	private final String message;

	private final Predicate<String> validator;

	Facet(String message, Predicate<String> validator) {
		this.message = message;
		this.validator = validator;
	}

	/** The names of all parameters. */
	static Set<String> parameterNames() {
		return Arrays.stream(values()).map(Facet::parameterName).collect(Collectors.toSet());
	}

	String parameterName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the value of a filter if a book can have it.
	 * @throws Problem 400 naming the parameter otherwise
	 */
	String requireValid(String value) {
		if (!this.validator.test(value)) {
			throw Problem.invalidParameter(parameterName(), this.message);
		}
		return value;
	}

	private static boolean isName(String value) {
		return QueryText.isValid(value, MAX_NAME_LENGTH);
	}

}
