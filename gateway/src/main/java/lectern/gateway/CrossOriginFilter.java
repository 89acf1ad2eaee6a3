package lectern.gateway;

import java.time.Duration;
import java.util.List;

import lectern.web.CrossOriginAccess;
import lectern.web.TraceParent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Lets pages of other origins use the API: those of all origins read what is public, and
 * those of configured origins do the rest. Browsers show them no response to a request
 * with a cookie, because credentials are never allowed, so they send a Bearer token.
 *
 * <p>
 * Preflights are answered here, whatever the path and the method are, and whoever asks:
 * without the headers that allow the request, a browser does not send it.
 *
 * <p>
 * Services add the headers to public reads themselves, since regular requests do not pass
 * this filter. It adds them to the gateway's own responses, and to all responses that
 * pages of other origins get.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class CrossOriginFilter implements WebFilter {

	private static final List<HttpMethod> METHODS = List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST,
			HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

	private static final List<String> REQUEST_HEADERS = List.of(HttpHeaders.AUTHORIZATION, "Last-Event-ID",
			HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH, "Idempotency-Key", HttpHeaders.CONTENT_TYPE,
			TraceParent.HEADER, "tracestate");

	private static final Duration PREFLIGHT_MAX_AGE = Duration.ofMinutes(10);

	private final CrossOriginPolicy policy;

	CrossOriginFilter(CrossOriginPolicy policy) {
		this.policy = policy;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (CorsUtils.isPreFlightRequest(exchange.getRequest())) {
			return answerPreflight(exchange);
		}
		// When it is committed, the response also has the headers of the service.
		exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> addHeaders(exchange)));
		return chain.filter(exchange);
	}

	private void addHeaders(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		boolean ofService = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR) != null;
		this.policy.addHeaders(request.getMethod(), pathOf(request), request.getHeaders().getOrigin(), ofService,
				exchange.getResponse().getHeaders());
	}

	private static PathContainer pathOf(ServerHttpRequest request) {
		return request.getPath().pathWithinApplication();
	}

	/** The browser compares the lists with the request that it is going to send. */
	private Mono<Void> answerPreflight(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		ServerHttpResponse response = exchange.getResponse();
		@Nullable String origin = request.getHeaders().getOrigin();
		if (CrossOriginPolicy.isPublicRead(request.getHeaders().getAccessControlRequestMethod(), pathOf(request))) {
			CrossOriginAccess.allowAll(response.getHeaders());
			allowRequests(CrossOriginPolicy.READS, response.getHeaders());
		}
		else {
			response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
			if (this.policy.isAllowed(origin, pathOf(request))) {
				CrossOriginAccess.allow(String.valueOf(origin), response.getHeaders());
				allowRequests(METHODS, response.getHeaders());
			}
		}
		response.setStatusCode(HttpStatus.NO_CONTENT);
		return response.setComplete();
	}

	private static void allowRequests(List<HttpMethod> methods, HttpHeaders response) {
		response.setAccessControlAllowMethods(methods);
		response.setAccessControlAllowHeaders(REQUEST_HEADERS);
		response.setAccessControlMaxAge(PREFLIGHT_MAX_AGE);
	}

}
