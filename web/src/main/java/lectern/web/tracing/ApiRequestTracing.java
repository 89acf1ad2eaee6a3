package lectern.web.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;

import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Continues or begins the traces of requests, but not of those for metrics and health.
 */
class ApiRequestTracing extends PropagatingReceiverTracingObservationHandler<ServerRequestObservationContext> {

	private static final String MANAGEMENT = "/actuator";

	ApiRequestTracing(Tracer tracer, Propagator propagator) {
		super(tracer, propagator);
	}

	/** Others get a span that is no request, which the sampler drops. */
	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ServerRequestObservationContext request && request.getCarrier() != null
				&& !request.getCarrier().getPath().value().startsWith(MANAGEMENT);
	}

}
