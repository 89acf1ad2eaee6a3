package lectern.gateway.relay;

import java.util.Locale;
import java.util.Objects;

import io.netty.handler.codec.http.HttpHeaders;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Gives requests of the short way the spans that those of the ordinary way get from the
 * web framework. It uses OpenTelemetry directly: an observation of Micrometer would also
 * be measured, and the short way has timers of its own.
 */
final class RelayTracing {

	private static final TextMapGetter<HttpHeaders> GETTER = new TextMapGetter<>() {

		@Override
		public Iterable<String> keys(HttpHeaders headers) {
			return headers.names();
		}

		@Override
		public @Nullable String get(@Nullable HttpHeaders headers, String name) {
			return Objects.requireNonNull(headers).get(name);
		}

	};

	private final Tracer tracer;

	private final TextMapPropagator propagator;

	/**
	 * @param telemetry where spans are sent; {@link OpenTelemetry#noop()} if nowhere
	 */
	RelayTracing(OpenTelemetry telemetry) {
		this.tracer = telemetry.getTracer("lectern.gateway.relay");
		this.propagator = telemetry.getPropagators().getTextMapPropagator();
	}

	/**
	 * Begin the span of a request, which continues the trace of its client.
	 * @param pattern the pattern of the route
	 */
	RelaySpan begin(HttpServerRequest request, String pattern, String requestId) {
		Context parent = this.propagator.extract(Context.root(), request.requestHeaders(), GETTER);
		Span span = this.tracer.spanBuilder("http " + request.method().name().toLowerCase(Locale.ROOT))
			.setParent(parent)
			.setSpanKind(SpanKind.SERVER)
			.startSpan();
		if (span.isRecording()) {
			span.setAttribute("method", request.method().name());
			span.setAttribute("uri", pattern);
			span.setAttribute("http.url", request.fullPath());
			span.setAttribute("request.id", requestId);
		}
		return new RelaySpan(span, this.propagator);
	}

}
