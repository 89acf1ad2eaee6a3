package lectern.web;

import java.util.HashMap;
import java.util.Map;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.resource.ResourceWebHandler;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Decides how a request is answered that lacks a permission. If nothing would handle it
 * for anybody, its path or method is the fault that its sender can mend, not its token.
 */
final class AccessDenial {

	private AccessDenial() {
	}

	/**
	 * Fail with what is wrong with a request that is denied.
	 * @param denial why the permission lacks
	 * @return cold; always fails: with the denial, unless there is no resource at this
	 * path or it does not take this method
	 */
	static Mono<Void> fail(ServerWebExchange exchange, Exception denial) {
		return Mono.defer(() -> {
			Map<String, Object> attributes = new HashMap<>(exchange.getAttributes());
			return findHandler(exchange)
				.switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)))
				.doOnTerminate(() -> exchange.getAttributes().keySet().retainAll(attributes.keySet()))
				.then(log(exchange, denial))
				.then(Mono.error(denial));
		});
	}

	private static Mono<Void> log(ServerWebExchange exchange, Exception denial) {
		return (denial instanceof AccessDeniedException) ? exchange.getPrincipal()
			.doOnNext((signedIn) -> RefusedAccessLog.write(signedIn.getName(), exchange.getRequest()))
			.then() : Mono.empty();
	}

	private static Mono<Object> findHandler(ServerWebExchange exchange) {
		ApplicationContext context = exchange.getApplicationContext();
		if (context == null) {
			return Mono.just(AccessDenial.class);
		}
		return Flux
			.fromStream(() -> BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerMapping.class, true, false)
				.values()
				.stream()
				.sorted(AnnotationAwareOrderComparator.INSTANCE))
			.concatMap((mapping) -> mapping.getHandler(exchange))
			.next()
			.onErrorResume((failure) -> !(failure instanceof MethodNotAllowedException),
					(_) -> Mono.just(AccessDenial.class))
			// Its mapping takes every path; public files are never denied.
			.filter((handler) -> !(handler instanceof ResourceWebHandler));
	}

}
