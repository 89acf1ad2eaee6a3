package lectern.gateway.relay;

import io.netty.handler.codec.http.HttpHeaders;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import lectern.web.TraceParent;
import org.jspecify.annotations.Nullable;

/** The span of a request on the short way. */
record RelaySpan(Span span, TextMapPropagator propagator) {

	/** Let what gets these headers continue the trace. */
	void writeTo(HttpHeaders headers) {
		this.propagator.inject(Context.root().with(this.span), headers, (_, name, value) -> headers.set(name, value));
	}

	/**
	 * Return the id of the trace.
	 * @param received the header {@code traceparent} of the client; null if absent
	 */
	@Nullable String traceId(@Nullable String received) {
		return this.span.getSpanContext().isSampled() ? this.span.getSpanContext().getTraceId()
				: TraceParent.traceId(received);
	}

	/**
	 * End the span.
	 * @param status the status of the response; {@link RelayMeters#NO_STATUS} if it has
	 * not begun
	 * @param complete whether the client has got the whole response
	 */
	void end(int status, boolean complete) {
		if (this.span.isRecording()) {
			this.span.setAttribute("status", (status == RelayMeters.NO_STATUS) ? "UNKNOWN" : Integer.toString(status));
			this.span.setStatus((complete && status < 500) ? StatusCode.OK : StatusCode.ERROR);
		}
		this.span.end();
	}

}
