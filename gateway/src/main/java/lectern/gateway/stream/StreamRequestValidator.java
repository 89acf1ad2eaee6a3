package lectern.gateway.stream;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

import lectern.web.AcceptHeader;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebExchange;

/** Validates requests for streams. */
final class StreamRequestValidator {

	private StreamRequestValidator() {
	}

	/**
	 * Check the method and the accepted media types, and answer {@code OPTIONS}.
	 * @param stream handles a valid request
	 * @return cold
	 * @throws MethodNotAllowedException unless the method is GET, HEAD or OPTIONS
	 * @throws NotAcceptableStatusException unless the client accepts event streams
	 */
	static Mono<Void> handle(ServerWebExchange exchange, Function<ServerWebExchange, Mono<Void>> stream) {
		ServerHttpRequest request = exchange.getRequest();
		if (request.getMethod() == HttpMethod.OPTIONS) {
			ServerHttpResponse response = exchange.getResponse();
			response.getHeaders().setAllow(Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS));
			return response.setComplete();
		}
		if (request.getMethod() != HttpMethod.GET && request.getMethod() != HttpMethod.HEAD) {
			throw new MethodNotAllowedException(request.getMethod(), List.of(HttpMethod.GET, HttpMethod.HEAD));
		}
		AcceptHeader.require(request, MediaType.TEXT_EVENT_STREAM);
		return stream.apply(exchange);
	}

}
