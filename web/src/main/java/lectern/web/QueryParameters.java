package lectern.web;

import java.util.Set;

import org.springframework.util.MultiValueMap;

/** Checks the query parameters of requests. */
public final class QueryParameters {

	private QueryParameters() {
	}

	/**
	 * Check that each parameter is known and given once.
	 * @throws Problem 400 naming the first parameter that is not
	 */
	public static void requireKnown(MultiValueMap<String, String> parameters, Set<String> known) {
		parameters.forEach((name, values) -> {
			if (!known.contains(name)) {
				throw Problem.invalidParameter(name, "is unknown");
			}
			if (values.size() > 1) {
				throw Problem.invalidParameter(name, "is given more than once");
			}
		});
	}

}
