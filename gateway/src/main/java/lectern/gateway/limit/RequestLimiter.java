package lectern.gateway.limit;

import java.util.List;
import java.util.function.BiFunction;

import lectern.gateway.ProblemWriter;
import lectern.web.Problem;
import lectern.web.QuotaStatus;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Puts the limits before a handler of requests. Responses of the API say what the client
 * has left; those of streams name the limits of open streams instead.
 */
public final class RequestLimiter {

	private static final String API = "/api/";

	private static final List<String> STREAMS = List.of("/events", "/replay");

	private final RequestLimits limits;

	private final VerifiedReaders readers;

	private final ProblemWriter problems;

	RequestLimiter(RequestLimits limits, VerifiedReaders readers, ProblemWriter problems) {
		this.limits = limits;
		this.readers = readers;
		this.problems = problems;
	}

	/**
	 * Return a handler that refuses what is over a limit.
	 * @param handler handles all other requests
	 */
	public BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> limit(
			BiFunction<HttpServerRequest, HttpServerResponse, ? extends Publisher<Void>> handler) {
		return (request, response) -> handle(request, response, handler);
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response,
			BiFunction<HttpServerRequest, HttpServerResponse, ? extends Publisher<Void>> handler) {
		String uri = request.uri();
		Admission admission = this.limits.admit(RequestCost.of(request.method(), uri),
				Client.at(request.remoteAddress()), this.readers.find(request));
		Problem refusal = admission.refusal();
		if (refusal != null) {
			return this.problems.write(request, response, refusal);
		}
		if (uri.startsWith(API) && !isStream(uri)) {
			for (QuotaStatus quota : admission.quotas()) {
				response.addHeader(QuotaStatus.POLICY_HEADER, quota.policyValue());
				response.addHeader(QuotaStatus.HEADER, quota.value());
			}
		}
		Runnable onEnd = admission.onEnd();
		return (onEnd == null) ? handler.apply(request, response)
				: Mono.defer(() -> Mono.from(handler.apply(request, response))).doFinally((_) -> onEnd.run());
	}

	private static boolean isStream(String uri) {
		int query = uri.indexOf('?');
		int end = (query < 0) ? uri.length() : query;
		return STREAMS.stream().anyMatch((name) -> uri.startsWith(name, end - name.length()));
	}

}
