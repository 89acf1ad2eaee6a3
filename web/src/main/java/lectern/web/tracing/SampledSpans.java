package lectern.web.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Finds the spans that are exported. */
public final class SampledSpans {

	private static final String OBSERVATION = ObservationThreadLocalAccessor.KEY;

	private SampledSpans() {
	}

	/** Return the span of an observation; null if there is none or it is not exported. */
	static @Nullable Span of(Observation.ContextView observation) {
		@Nullable TracingContext tracing = observation.get(TracingContext.class);
		@Nullable Span span = (tracing != null) ? tracing.getSpan() : null;
		return (span != null && Boolean.TRUE.equals(span.context().sampled())) ? span : null;
	}

	/** Whether what has this context belongs to a span that is exported. */
	public static boolean isIn(ContextView context) {
		return context.getOrDefault(OBSERVATION, null) instanceof Observation observation
				&& of(observation.getContextView()) != null;
	}

	/** Let what gets a context belong to the span of another context. */
	public static Context continued(Context context, ContextView parent) {
		return context.put(OBSERVATION, parent.get(OBSERVATION));
	}

}
