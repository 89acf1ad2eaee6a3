package lectern.web.tracing;

import java.util.Objects;

import io.micrometer.tracing.Span;
import lectern.web.RequestIdFilter;
import lectern.web.TraceParent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/** Tells the log the trace of a request, and the trace its id. */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class TraceIdFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerRequestObservationContext.findCurrent(exchange.getAttributes()).ifPresent((context) -> {
			@Nullable Span span = SampledSpans.of(context);
			if (span != null) {
				exchange.getAttributes().put(TraceParent.TRACE_ID_ATTRIBUTE, span.context().traceId());
				span.tag("request.id", Objects.requireNonNullElse(RequestIdFilter.requestId(exchange), ""));
			}
		});
		return chain.filter(exchange);
	}

}
