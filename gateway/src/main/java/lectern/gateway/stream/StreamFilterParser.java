package lectern.gateway.stream;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import lectern.gateway.stream.StreamRoutes.FilterParameter;
import lectern.streaming.live.StreamFilter;
import lectern.streaming.server.RequestedStart;
import lectern.web.Problem;
import lectern.web.QueryParameters;

import org.springframework.util.MultiValueMap;

/** Parses the filter parameters of a shared stream, as its service would. */
final class StreamFilterParser {

	private final Map<String, FilterParameter> filters;

	private final Set<String> knownParameters;

	StreamFilterParser(Map<String, FilterParameter> filters) {
		this.filters = filters;
		this.knownParameters = new HashSet<>(filters.keySet());
		this.knownParameters.add(RequestedStart.AFTER);
		this.knownParameters.add(RequestedStart.LAST_EVENT_ID);
	}

	/** The members of events that filters compare. */
	Set<String> members() {
		return Set.copyOf(this.filters.values().stream().map(FilterParameter::member).toList());
	}

	/**
	 * Parse the query parameters of a request.
	 * @throws Problem 400 with the name of the invalid parameter
	 */
	StreamFilter<UpstreamEvent> parse(MultiValueMap<String, String> parameters, ServiceEventOrigin origin) {
		QueryParameters.requireKnown(parameters, this.knownParameters);
		Predicate<UpstreamEvent> predicate = (_) -> true;
		StringBuilder query = new StringBuilder();
		for (Map.Entry<String, FilterParameter> filter : this.filters.entrySet()) {
			String value = parameters.getFirst(filter.getKey());
			if (value != null) {
				predicate = predicate.and(predicate(filter.getKey(), filter.getValue(), value));
				query.append(query.isEmpty() ? '?' : '&').append(filter.getKey()).append('=').append(value);
			}
		}
		return query.isEmpty() ? StreamFilter.all(origin.historyReader(""))
				: StreamFilter.where(predicate, origin.historyReader(query.toString()));
	}

	private static Predicate<UpstreamEvent> predicate(String name, FilterParameter filter, String value) {
		if (filter.pattern() != null && !filter.pattern().matcher(value).matches()) {
			throw Problem.invalidParameter(name, "must match " + filter.pattern());
		}
		List<String> values = (filter.values() != null) ? Arrays.asList(value.split(",", -1)) : List.of(value);
		if (filter.values() != null && !filter.values().containsAll(values)) {
			throw Problem.invalidParameter(name,
					"must be one or more of " + filter.values().stream().sorted().toList() + ", separated by commas");
		}
		return (event) -> values.contains(event.members().getOrDefault(filter.member(), ""));
	}

}
