package lectern.gateway.relay;

import io.micrometer.common.KeyValue;
import lectern.gateway.stream.StreamPaths;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerHttpObservationDocumentation.LowCardinalityKeyNames;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_PREDICATE_MATCHED_PATH_ATTR;

/**
 * Gives the requests of routes the pattern of the route as their {@code uri}, also those
 * that are answered before they reach the route. Spring knows patterns of controllers
 * alone.
 */
@Component
class RouteObservationConvention extends DefaultServerRequestObservationConvention {

	private final RelayRoutes routes;

	RouteObservationConvention(GatewayProperties properties, StreamPaths streams) {
		this.routes = RelayRoutes.of(properties, streams.paths());
	}

	@Override
	protected KeyValue uri(ServerRequestObservationContext context) {
		String pattern = (context.getPathPattern() == null) ? routePattern(context) : null;
		return (pattern != null) ? KeyValue.of(LowCardinalityKeyNames.URI, pattern) : super.uri(context);
	}

	private @Nullable String routePattern(ServerRequestObservationContext context) {
		if (context.getAttributes().get(GATEWAY_PREDICATE_MATCHED_PATH_ATTR) instanceof String matched) {
			return matched;
		}
		ServerHttpRequest request = context.getCarrier();
		return (request != null) ? this.routes.findPattern(request.getPath().pathWithinApplication().value()) : null;
	}

}
