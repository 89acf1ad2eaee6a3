package lectern.web;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * What the method of a controller says about its operation.
 *
 * @param parameters the query parameters that it takes; null if it checks them itself
 * @param isPaged whether the response is a page of a list
 * @param deprecation null unless the operation is deprecated
 */
record ControllerOperation(@Nullable Set<String> parameters, boolean isPaged,
		@Nullable DeprecationHeaders deprecation) {

	private static final String API = "/api/";

	/** Read the method and its annotations. */
	static ControllerOperation of(HandlerMethod method) {
		DeprecatedOperation deprecated = method.getMethodAnnotation(DeprecatedOperation.class);
		return new ControllerOperation(parametersOf(method),
				isPaged(ResolvableType.forMethodReturnType(method.getMethod())),
				(deprecated != null) ? DeprecationHeaders.of(deprecated) : null);
	}

	/** A method that takes all parameters as a map checks them itself. */
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

	private static boolean isPaged(ResolvableType returned) {
		ResolvableType content = returned.as(Mono.class).getGeneric();
		ResolvableType body = content.as(ResponseEntity.class);
		return KeysetPage.class
			.isAssignableFrom(((body != ResolvableType.NONE) ? body.getGeneric() : content).toClass());
	}

	/**
	 * Check the query parameters.
	 * @throws Problem 400 naming each that is unknown or given twice
	 */
	void requireKnownParameters(ServerHttpRequest request) {
		if (this.parameters != null && request.getURI().getRawQuery() != null
				&& request.getMethod() != HttpMethod.OPTIONS && request.getPath().value().startsWith(API)) {
			QueryParameters.requireKnown(request.getQueryParams(), this.parameters);
		}
	}

	/** Add the headers of every response, also of a problem. */
	void addHeaders(HttpHeaders response) {
		if (this.deprecation != null) {
			this.deprecation.addTo(response);
		}
	}

	/**
	 * Add the link to the next page.
	 * @param returned what a paged method has returned
	 * @return the same, which adds the link when the page is known
	 */
	static Mono<?> withNextPageLink(Mono<?> returned, ServerWebExchange exchange) {
		return returned.doOnNext((content) -> {
			Object body = (content instanceof ResponseEntity<?> response) ? response.getBody() : content;
			if (body instanceof KeysetPage<?> page) {
				NextPageLink.add(exchange, page.next());
			}
		});
	}

}
