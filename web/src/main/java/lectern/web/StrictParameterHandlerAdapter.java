package lectern.web;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.MethodParameter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;

/**
 * Rejects query parameters that an operation of the API does not take, so that a typing
 * error is not taken for a filter that has no effect. A method that takes all parameters
 * as a map checks them itself.
 */
final class StrictParameterHandlerAdapter extends RequestMappingHandlerAdapter {

	private static final String API = "/api/";

	@Override
	public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
		ServerHttpRequest request = exchange.getRequest();
		if (request.getURI().getRawQuery() != null && request.getPath().value().startsWith(API)) {
			Set<String> known = parametersOf((HandlerMethod) handler);
			if (known != null) {
				QueryParameters.requireKnown(request.getQueryParams(), known);
			}
		}
		return super.handle(exchange, handler);
	}

	/** Return null if the method takes all parameters. */
	private static @Nullable Set<String> parametersOf(HandlerMethod method) {
		Set<String> names = new HashSet<>();
		for (MethodParameter parameter : method.getMethodParameters()) {
			RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
			if (annotation != null) {
				if (Map.class.isAssignableFrom(parameter.getParameterType())) {
					return null;
				}
				names.add(annotation.name());
			}
		}
		return names;
	}

}
