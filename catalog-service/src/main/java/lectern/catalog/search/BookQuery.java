package lectern.catalog.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import lectern.web.KeysetPageRequest;
import lectern.web.Problem;
import lectern.web.QueryParameters;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

/**
 * A request for a list of books.
 *
 * @param words the text to search for, as it was typed; null for all books
 * @param filters that every book of the result passes
 */
record BookQuery(@Nullable String words, List<FacetFilter> filters, KeysetPageRequest page) {

	private static final String WORDS = "q";

	private static final int MAX_QUERY_LENGTH = 200;

	/**
	 * Parse the parameters of a request.
	 * @throws Problem 400 naming each parameter that is invalid or unknown
	 */
	static BookQuery of(MultiValueMap<String, String> parameters) {
		Set<String> known = new HashSet<>(Facet.parameterNames());
		known.add(WORDS);
		QueryParameters query = KeysetPageRequest.parameters(parameters, known);
		KeysetPageRequest page = KeysetPageRequest.read(query, parameters, known);
		String words = query.read(WORDS, BookQuery::requireValidWords);
		List<FacetFilter> filters = new ArrayList<>();
		for (Facet facet : Facet.values()) {
			String value = query.read(facet.parameterName(), facet::requireValid);
			if (value != null) {
				filters.add(new FacetFilter(facet, value));
			}
		}
		query.requireValid();
		return new BookQuery(words, List.copyOf(filters), page);
	}

	private static String requireValidWords(String words) {
		if (!QueryText.isValid(words, MAX_QUERY_LENGTH)) {
			throw Problem.invalidParameter(WORDS,
					"must have 1 to " + MAX_QUERY_LENGTH + " characters and no control characters");
		}
		return words;
	}

	/** The names of the filters, in the order of {@link #values()}. */
	String[] facetNames() {
		return this.filters.stream().map((filter) -> filter.facet().parameterName()).toArray(String[]::new);
	}

	/** The values of the filters. */
	String[] values() {
		return this.filters.stream().map(FacetFilter::value).toArray(String[]::new);
	}

	/**
	 * A condition that a book has a facet.
	 *
	 * @param value as it was typed
	 */
	record FacetFilter(Facet facet, String value) {
	}

}
