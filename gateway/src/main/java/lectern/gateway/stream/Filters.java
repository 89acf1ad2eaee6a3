package lectern.gateway.stream;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import lectern.gateway.stream.StreamRoutes.Filter;
import lectern.streaming.Subscription;
import lectern.web.Parameters;
import lectern.web.Problem;

import org.springframework.util.MultiValueMap;

/** What subscribers can narrow a shared stream to, checked as its service would. */
final class Filters {

	private static final String AFTER = "after";

	private final Map<String, Filter> filters;

	private final Set<String> known;

	Filters(Map<String, Filter> filters) {
		this.filters = filters;
		this.known = new HashSet<>(filters.keySet());
		this.known.add(AFTER);
	}

	/** The members of events that are compared. */
	Set<String> members() {
		return Set.copyOf(this.filters.values().stream().map(Filter::member).toList());
	}

	/**
	 * The subscription that parameters ask for.
	 * @throws Problem 400 naming the parameter that is wrong
	 */
	Subscription<UpstreamEvent> subscription(MultiValueMap<String, String> parameters, Upstream upstream) {
		Parameters.requireKnown(parameters, this.known);
		Predicate<UpstreamEvent> wanted = (_) -> true;
		StringBuilder query = new StringBuilder();
		for (Map.Entry<String, Filter> filter : this.filters.entrySet()) {
			String value = parameters.getFirst(filter.getKey());
			if (value != null) {
				wanted = wanted.and(wanted(filter.getKey(), filter.getValue(), value));
				query.append(query.isEmpty() ? '?' : '&').append(filter.getKey()).append('=').append(value);
			}
		}
		return query.isEmpty() ? Subscription.all(upstream.past(""))
				: Subscription.where(wanted, upstream.past(query.toString()));
	}

	private static Predicate<UpstreamEvent> wanted(String name, Filter filter, String value) {
		if (filter.pattern() != null && !filter.pattern().matcher(value).matches()) {
			throw Problem.parameter(name, "must match " + filter.pattern());
		}
		List<String> values = (filter.values() != null) ? Arrays.asList(value.split(",", -1)) : List.of(value);
		if (filter.values() != null && !filter.values().containsAll(values)) {
			throw Problem.parameter(name,
					"must be some of " + filter.values().stream().sorted().toList() + " with commas");
		}
		return (event) -> values.contains(event.members().getOrDefault(filter.member(), ""));
	}

}
