package lectern.gateway.relay;

import java.net.URI;
import java.util.List;
import java.util.Map;

import lectern.gateway.upstream.RouteMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The paths of a route.
 *
 * @param id the id of the route
 * @param patterns the patterns of its paths
 * @param uri names the service; null if its requests take the ordinary way
 * @param metadata what the route says about the calls of its requests
 */
record RelayRoute(String id, List<RoutePattern> patterns, @Nullable URI uri, RouteMetadata metadata) {

	/** Create the route of paths whose requests take the ordinary way. */
	static RelayRoute ordinary(String id, List<String> patterns) {
		return new RelayRoute(id, patterns.stream().map(RoutePattern::parse).toList(), null,
				RouteMetadata.of(Map.of()));
	}

	/** Return the pattern that a path matches; null if it matches none. */
	@Nullable RoutePattern match(String path) {
		for (RoutePattern pattern : this.patterns) {
			if (pattern.matches(path)) {
				return pattern;
			}
		}
		return null;
	}

}
