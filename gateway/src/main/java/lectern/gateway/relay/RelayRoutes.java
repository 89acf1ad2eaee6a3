package lectern.gateway.relay;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import lectern.gateway.upstream.RouteMetadata;
import lectern.gateway.upstream.UpstreamServices;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.handler.predicate.PredicateDefinition;
import org.springframework.cloud.gateway.route.RouteDefinition;

/** The routes of Spring Cloud Gateway, as the short way sees them. */
final class RelayRoutes {

	private final List<RelayRoute> routes;

	private RelayRoutes(List<RelayRoute> routes) {
		this.routes = routes;
	}

	/**
	 * Read the configured routes.
	 * @param streamPaths the paths of streams, which are not routes but take precedence
	 * over them
	 */
	static RelayRoutes of(GatewayProperties properties, Collection<String> streamPaths) {
		List<RelayRoute> routes = new ArrayList<>();
		routes.add(RelayRoute.ordinary("streams", List.copyOf(streamPaths)));
		for (RouteDefinition definition : properties.getRoutes()) {
			routes.add(routeOf(definition));
		}
		return new RelayRoutes(routes);
	}

	/**
	 * A route that has more than a list of paths takes the ordinary way, and so does one
	 * whose responses may take any time.
	 */
	private static RelayRoute routeOf(RouteDefinition definition) {
		List<String> patterns = definition.getPredicates()
			.stream()
			.filter((predicate) -> "Path".equals(predicate.getName()))
			.map(PredicateDefinition::getArgs)
			.flatMap((arguments) -> arguments.values().stream())
			.toList();
		String id = Objects.requireNonNullElse(definition.getId(), "");
		URI uri = definition.getUri();
		RouteMetadata metadata = RouteMetadata.of(definition.getMetadata());
		boolean regular = definition.getPredicates().size() == 1 && definition.getFilters().isEmpty()
				&& RouteMetadata.isKnown(definition.getMetadata()) && !metadata.unbounded()
				&& definition.getOrder() == 0 && uri != null && UpstreamServices.SCHEME.equals(uri.getScheme());
		RelayRoute ordinary = RelayRoute.ordinary(id, patterns);
		return regular ? new RelayRoute(id, ordinary.patterns(), uri, metadata) : ordinary;
	}

	/**
	 * Find the route of a path.
	 * @return null if its requests take the ordinary way
	 */
	@Nullable RelayTarget find(String path) {
		RelayTarget target = match(path);
		return (target != null && target.route().uri() != null) ? target : null;
	}

	/**
	 * Find the pattern of a path, also of streams and of routes whose requests take the
	 * ordinary way.
	 * @return null if no route has the path
	 */
	@Nullable String findPattern(String path) {
		RelayTarget target = match(path);
		return (target != null) ? target.pattern() : null;
	}

	private @Nullable RelayTarget match(String path) {
		for (RelayRoute route : this.routes) {
			RoutePattern pattern = route.match(path);
			if (pattern != null) {
				return new RelayTarget(route, pattern.text());
			}
		}
		return null;
	}

}
