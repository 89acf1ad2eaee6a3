package lectern.gateway;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import lectern.web.CrossOriginAccess;
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
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Lets pages of other origins use the API: those of all origins read what is public, and
 * those of configured origins do the rest. Browsers show them no response to a request
 * with a cookie, because credentials are never allowed, so they send a Bearer token.
 *
 * <p>
 * Services add the headers to public reads themselves, since regular requests do not pass
 * this filter. It adds them to the gateway's own responses.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class CrossOriginFilter implements WebFilter {

	private static final List<HttpMethod> METHODS = List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST,
			HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

	private static final List<String> REQUEST_HEADERS = List.of(HttpHeaders.AUTHORIZATION, "Last-Event-ID",
			HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH, "Idempotency-Key", HttpHeaders.CONTENT_TYPE);

	private static final Duration PREFLIGHT_MAX_AGE = Duration.ofMinutes(10);

	private static final List<PathPattern> PUBLIC_READS = Stream
		.concat(Stream.of("/api/v1", "/.well-known/jwks.json"), Stream.of(GatewaySecurityConfiguration.PUBLIC_READS))
		.map(PathPatternParser.defaultInstance::parse)
		.toList();

	private final CrossOriginSettings settings;

	CrossOriginFilter(CrossOriginSettings settings) {
		this.settings = settings;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		ServerHttpResponse response = exchange.getResponse();
		boolean preflight = CorsUtils.isPreFlightRequest(request);
		@Nullable String origin = request.getHeaders().getOrigin();
		if (isPublicRead(request, preflight)) {
			response.beforeCommit(() -> Mono.fromRunnable(() -> allowAllUnlessOfService(exchange)));
		}
		else if (origin != null) {
			response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
			if (!this.settings.allowedOrigins().contains(origin)) {
				return chain.filter(exchange);
			}
			CrossOriginAccess.allow(origin, response.getHeaders());
		}
		return preflight ? answerPreflight(response) : chain.filter(exchange);
	}

	private static boolean isPublicRead(ServerHttpRequest request, boolean preflight) {
		HttpMethod method = preflight ? request.getHeaders().getAccessControlRequestMethod() : request.getMethod();
		PathContainer path = request.getPath().pathWithinApplication();
		return (method == HttpMethod.GET || method == HttpMethod.HEAD)
				&& PUBLIC_READS.stream().anyMatch((pattern) -> pattern.matches(path));
	}

	/** A service says itself that its response is public. */
	private static void allowAllUnlessOfService(ServerWebExchange exchange) {
		if (exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR) == null) {
			CrossOriginAccess.allowAll(exchange.getResponse().getHeaders());
		}
	}

	/** The browser compares the lists with the request that it is going to send. */
	private static Mono<Void> answerPreflight(ServerHttpResponse response) {
		HttpHeaders headers = response.getHeaders();
		headers.setAccessControlAllowMethods(METHODS);
		headers.setAccessControlAllowHeaders(REQUEST_HEADERS);
		headers.setAccessControlMaxAge(PREFLIGHT_MAX_AGE);
		response.setStatusCode(HttpStatus.NO_CONTENT);
		return response.setComplete();
	}

}
