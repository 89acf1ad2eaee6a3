package lectern.web;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;

/**
 * Prepares requests for the methods of controllers. It rejects query parameters that an
 * operation of the API does not take, so that a typing error is not taken for a filter
 * that has no effect; a method that takes all parameters as a map checks them itself. It
 * ignores the media type of a request without content: many clients add one that nobody
 * asked for, for example {@code curl -d ''} that of a form.
 */
final class ControllerMethodInvoker extends RequestMappingHandlerAdapter {

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
		HttpHeaders headers = request.getHeaders();
		boolean typeOfNothing = headers.containsHeader(HttpHeaders.CONTENT_TYPE) && isEmpty(headers);
		return super.handle(typeOfNothing ? withoutContentType(exchange) : exchange, handler);
	}

	/** Without either header there is no content (RFC 9112, section 6.3). */
	private static boolean isEmpty(HttpHeaders headers) {
		String length = headers.getFirst(HttpHeaders.CONTENT_LENGTH);
		return (length == null || length.equals("0")) && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
	}

	private static ServerWebExchange withoutContentType(ServerWebExchange exchange) {
		return exchange.mutate()
			.request((request) -> request.headers((headers) -> headers.remove(HttpHeaders.CONTENT_TYPE)))
			.build();
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
