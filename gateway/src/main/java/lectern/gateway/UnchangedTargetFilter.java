package lectern.gateway;

import java.net.URI;

import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;

/**
 * Passes the path and the query on as the client sent them. Spring Cloud Gateway takes a
 * query that has both encoded characters and a bracket for one that is not encoded, and
 * encodes it a second time.
 */
@Component
class UnchangedTargetFilter implements GlobalFilter, Ordered {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		URI service = exchange.getRequiredAttribute(GATEWAY_REQUEST_URL_ATTR);
		URI requested = exchange.getRequest().getURI();
		String query = requested.getRawQuery();
		String target = service.getScheme() + "://" + service.getRawAuthority() + requested.getRawPath()
				+ ((query != null) ? "?" + query : "");
		exchange.getAttributes().put(GATEWAY_REQUEST_URL_ATTR, URI.create(target));
		return chain.filter(exchange);
	}

	/** Runs directly after the filter that determines the URL. */
	@Override
	public int getOrder() {
		return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;
	}

}
