package lectern.catalog.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import lectern.web.PageRequest;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

/**
 * Which books are asked for.
 *
 * @param words as they were typed; null for any
 * @param filters each of which the books have to pass
 */
record BookQuery(@Nullable String words, List<Filter> filters, PageRequest page) {

	private static final String WORDS = "q";

	private static final int LONGEST_WORDS = 200;

	/**
	 * Read from a request's parameters.
	 * @throws Problem 400 naming the parameter that is not allowed
	 */
	static BookQuery of(MultiValueMap<String, String> parameters) {
		Set<String> known = new HashSet<>(Facet.parameters());
		known.add(WORDS);
		PageRequest page = PageRequest.of(parameters, known);
		String words = parameters.getFirst(WORDS);
		if (words != null && !Typed.isText(words, LONGEST_WORDS)) {
			throw Problem.parameter(WORDS, "must have 1 to " + LONGEST_WORDS + " characters, none of them a control");
		}
		List<Filter> filters = new ArrayList<>();
		for (Facet facet : Facet.values()) {
			String value = parameters.getFirst(facet.parameter());
			if (value != null) {
				filters.add(new Filter(facet, facet.value(value)));
			}
		}
		return new BookQuery(words, List.copyOf(filters), page);
	}

	/** The names of the filters, in the order of {@link #values()}. */
	String[] kinds() {
		return this.filters.stream().map((filter) -> filter.facet().parameter()).toArray(String[]::new);
	}

	/** The values of the filters. */
	String[] values() {
		return this.filters.stream().map(Filter::value).toArray(String[]::new);
	}

	/**
	 * Lets the books pass that have something.
	 *
	 * @param value as it was typed
	 */
	record Filter(Facet facet, String value) {
	}

}
