package lectern.web;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;

/**
 * Applies the conventions of the API to the methods of controllers, so that no controller
 * has to. It rejects query parameters that an operation does not take, so that a typing
 * error is not taken for a filter that has no effect, and compressed content. It ignores
 * the media type of a request without content: many clients add one that nobody asked
 * for, for example {@code curl -d ''} that of a form. It adds the link to the next page
 * of a list, and the headers of a deprecated operation.
 */
final class ControllerMethodInvoker extends RequestMappingHandlerAdapter {

	/** The content of any other request means nothing and is not read. */
	private static final Set<HttpMethod> TAKE_CONTENT = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

	private final Map<Method, ControllerOperation> operations = new ConcurrentHashMap<>();

	@Override
	public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
		ControllerOperation operation = operationOf((HandlerMethod) handler);
		operation.addHeaders(exchange.getResponse().getHeaders());
		operation.requireKnownParameters(exchange.getRequest());
		Mono<HandlerResult> result = super.handle(withCheckedContent(exchange), handler);
		return operation.isPaged() ? result.map((page) -> withNextPageLink(page, exchange)) : result;
	}

	private ControllerOperation operationOf(HandlerMethod handler) {
		return this.operations.computeIfAbsent(handler.getMethod(), (_) -> ControllerOperation.of(handler));
	}

	private static HandlerResult withNextPageLink(HandlerResult result, ServerWebExchange exchange) {
		if (!(result.getReturnValue() instanceof Mono<?> returned)) {
			return result;
		}
		HandlerResult linked = new HandlerResult(result.getHandler(),
				ControllerOperation.withNextPageLink(returned, exchange), result.getReturnTypeSource(),
				result.getBindingContext());
		DispatchExceptionHandler exceptionHandler = result.getExceptionHandler();
		return (exceptionHandler != null) ? linked.setExceptionHandler(exceptionHandler) : linked;
	}

	private static ServerWebExchange withCheckedContent(ServerWebExchange exchange) {
		HttpHeaders headers = exchange.getRequest().getHeaders();
		if (!isEmpty(headers)) {
			if (TAKE_CONTENT.contains(exchange.getRequest().getMethod())) {
				ContentCoding.requireIdentity(headers);
			}
			return exchange;
		}
		return headers.containsHeader(HttpHeaders.CONTENT_TYPE) ? withoutContentType(exchange) : exchange;
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

}
