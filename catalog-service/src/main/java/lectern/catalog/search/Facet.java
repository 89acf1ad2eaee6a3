package lectern.catalog.search;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import lectern.catalog.book.BookContent;
import lectern.web.Problem;

/** What a list of books can be narrowed by, under the name of its parameter. */
enum Facet {

	TOPIC("must have 1 to 200 characters and no control characters", (value) -> isName(value)),

	AUTHOR("must have 1 to 200 characters and no control characters", (value) -> isName(value)),

	LANGUAGE("must be a BCP 47 language tag", (value) -> value.matches(BookContent.LANGUAGE)),

	ACCESS("must be one of open-access, sample, library-loan, trial, talk, docs, blog, code",
			Set.of("open-access", "sample", "library-loan", "trial", "talk", "docs", "blog", "code")::contains),

	LEVEL("must be one of beginner, intermediate, advanced", Set.of("beginner", "intermediate", "advanced")::contains);

	private static final int MAX_NAME_LENGTH = 200;

	private final String message;

	private final Predicate<String> valid;

	Facet(String refusal, Predicate<String> valid) {
		this.message = refusal;
		this.valid = valid;
	}

	/** The names of all. */
	static Set<String> parameterNames() {
		return Arrays.stream(values()).map(Facet::parameterName).collect(Collectors.toSet());
	}

	String parameterName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The value of a filter.
	 * @throws Problem 400 naming the parameter if no book can have it
	 */
	String value(String typed) {
		if (!this.valid.test(typed)) {
			throw Problem.invalidParameter(parameterName(), this.message);
		}
		return typed;
	}

	private static boolean isName(String value) {
		return QueryText.isValid(value, MAX_NAME_LENGTH);
	}

}
