package lectern.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.MultiValueMap;

/**
 * Reads the query parameters of a request and collects what is wrong with them, so that
 * the response names everything at once. Confined to one request.
 */
public final class QueryParameters {

	private final MultiValueMap<String, String> parameters;

	private final List<Problem.Violation> violations = new ArrayList<>();

	private QueryParameters(MultiValueMap<String, String> parameters) {
		this.parameters = parameters;
	}

	/**
	 * Begin to read parameters. One that is unknown or given more than once is a
	 * violation.
	 * @param known the names of all parameters that the operation takes
	 */
	public static QueryParameters of(MultiValueMap<String, String> parameters, Set<String> known) {
		QueryParameters query = new QueryParameters(parameters);
		parameters.forEach((name, values) -> {
			if (!known.contains(name)) {
				query.violations.add(new Problem.Violation(null, name, unknown(known)));
			}
			else if (values.size() > 1) {
				query.violations.add(new Problem.Violation(null, name, "is given more than once"));
			}
		});
		return query;
	}

	/**
	 * Check that each parameter is known and given once.
	 * @throws Problem 400 naming each parameter that is not
	 */
	public static void requireKnown(MultiValueMap<String, String> parameters, Set<String> known) {
		of(parameters, known).requireValid();
	}

	private static String unknown(Set<String> known) {
		return known.isEmpty() ? "is unknown; there are no parameters here"
				: "is unknown; the parameters are " + String.join(", ", known.stream().sorted().toList());
	}

	/**
	 * Read a parameter.
	 * @param parser converts the text; it throws a {@link Problem} if that is not valid
	 * @return null if the parameter is absent or not valid
	 */
	public <T extends @Nullable Object> @Nullable T read(String name, Function<String, T> parser) {
		String text = this.parameters.getFirst(name);
		return (text != null) ? collect(() -> parser.apply(text)) : null;
	}

	/** Return a parameter as it was sent; null if it is absent. */
	public @Nullable String text(String name) {
		return this.parameters.getFirst(name);
	}

	/**
	 * Read something from several parameters.
	 * @param reader throws a {@link Problem} if they are not valid
	 * @return null if they are not valid
	 */
	public <T extends @Nullable Object> @Nullable T collect(Supplier<T> reader) {
		try {
			return reader.get();
		}
		catch (Problem problem) {
			add(problem);
			return null;
		}
	}

	/**
	 * Resolve something from parameters.
	 * @return cold; empty if they are not valid
	 */
	public <T> Mono<T> collect(Mono<T> resolution) {
		return resolution.onErrorResume(Problem.class, (problem) -> Mono.fromRunnable(() -> add(problem)));
	}

	private void add(Problem problem) {
		if (problem.type() != ProblemType.INVALID_PARAMETER) {
			throw problem;
		}
		this.violations.addAll(problem.violations());
	}

	/** Return whether no violation has been found so far. */
	public boolean isValid() {
		return this.violations.isEmpty();
	}

	/**
	 * End reading.
	 * @throws Problem 400 naming each parameter that is not valid
	 */
	public void requireValid() {
		if (!this.violations.isEmpty()) {
			throw toProblem();
		}
	}

	/** Return the problem that names each parameter that is not valid. */
	public Problem toProblem() {
		return Problem.invalidParameters(this.violations);
	}

}
