package lectern.gateway.relay;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import io.netty.util.AttributeKey;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/**
 * Excludes from the timings of the ordinary way what the short way records. Of a request
 * that has failed on the short way, the ordinary way would only see how long it takes to
 * write the problem.
 */
@Component
class RelayObservationPredicate implements ObservationPredicate {

	private static final AttributeKey<HttpServerRequest> RECORDED = AttributeKey.valueOf("lectern.recorded");

	/** Mark the present request of a connection as one that the short way records. */
	static void mark(HttpServerRequest request) {
		request.withConnection((connection) -> connection.channel().attr(RECORDED).set(request));
	}

	private static boolean isMarked(HttpServerRequest request) {
		boolean[] marked = new boolean[1];
		request.withConnection(
				(connection) -> marked[0] = connection.channel().attr(RECORDED).compareAndSet(request, null));
		return marked[0];
	}

	@Override
	public boolean test(String name, Observation.Context context) {
		return !(context instanceof ServerRequestObservationContext request
				&& request.getCarrier() instanceof AbstractServerHttpRequest carrier
				&& carrier.getNativeRequest() instanceof HttpServerRequest received && isMarked(received));
	}

}
