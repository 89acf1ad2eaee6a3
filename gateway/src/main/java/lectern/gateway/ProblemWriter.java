package lectern.gateway;

import io.netty.buffer.Unpooled;
import lectern.web.Problem;
import lectern.web.RequestIdFilter;
import lectern.web.SecurityHeaders;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.stereotype.Component;

/**
 * Answers requests with a problem at once, past all filters. That is what the gateway
 * does most under overload, and with a client that goes on without a pause, so it must
 * cost less than the request would. It writes no line to the log, as there would be
 * thousands of them: a meter counts them.
 */
@Component
public final class ProblemWriter {

	private final CrossOriginPolicy crossOrigin;

	private final JsonMapper mapper;

	ProblemWriter(CrossOriginPolicy crossOrigin, JsonMapper mapper) {
		this.crossOrigin = crossOrigin;
		this.mapper = mapper;
	}

	/**
	 * Answer a request.
	 * @return completes when the response has been sent; cold
	 */
	public Mono<Void> write(HttpServerRequest request, HttpServerResponse response, Problem problem) {
		return write(request, response, problem,
				RequestIdFilter.validOrGenerated(request.requestHeaders().get(RequestIdFilter.HEADER)));
	}

	/** As above, to a request that has got an id. */
	public Mono<Void> write(HttpServerRequest request, HttpServerResponse response, Problem problem, String requestId) {
		int query = request.uri().indexOf('?');
		String path = (query < 0) ? request.uri() : request.uri().substring(0, query);
		byte[] content = problem.toJson(this.mapper, path, requestId);
		int status = problem.type().status().value();
		HttpHeaders headers = new HttpHeaders(new Netty4HeadersAdapter(response.status(status).responseHeaders()));
		headers.set(RequestIdFilter.HEADER, requestId);
		headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
		headers.setContentLength(content.length);
		problem.headers().forEach((name, values) -> headers.put(name, values));
		HttpMethod method = HttpMethod.valueOf(request.method().name());
		this.crossOrigin.addHeaders(method, PathContainer.parsePath(path),
				request.requestHeaders().get(HttpHeaders.ORIGIN), false, headers);
		SecurityHeaders.addMissing(response.responseHeaders(), status, "https".equals(request.scheme()));
		return HttpMethod.HEAD.equals(method) ? response.send().then()
				: response.sendObject(Unpooled.wrappedBuffer(content)).then();
	}

}
