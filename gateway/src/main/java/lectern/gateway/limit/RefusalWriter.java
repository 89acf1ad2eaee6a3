package lectern.gateway.limit;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import lectern.gateway.CrossOriginPolicy;
import lectern.web.Problem;
import lectern.web.RequestIdFilter;
import lectern.web.SecurityHeaders;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.support.Netty4HeadersAdapter;

/**
 * Answers refused requests at once, past all filters: a client that goes on without a
 * pause must not cost more by being refused than it would by being served.
 */
final class RefusalWriter {

	private final CrossOriginPolicy crossOrigin;

	private final JsonMapper mapper;

	RefusalWriter(CrossOriginPolicy crossOrigin, JsonMapper mapper) {
		this.crossOrigin = crossOrigin;
		this.mapper = mapper;
	}

	Publisher<Void> write(HttpServerRequest request, HttpServerResponse response, Problem refusal) {
		int query = request.uri().indexOf('?');
		String path = (query < 0) ? request.uri() : request.uri().substring(0, query);
		String requestId = RequestIdFilter.validOrGenerated(request.requestHeaders().get(RequestIdFilter.HEADER));
		byte[] content = refusal.toJson(this.mapper, path, requestId);
		int status = refusal.type().status().value();
		HttpHeaders headers = response.status(status).responseHeaders();
		headers.set(RequestIdFilter.HEADER, requestId)
			.set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
			.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
			.setInt(HttpHeaderNames.CONTENT_LENGTH, content.length);
		refusal.headers().forEach((name, values) -> headers.set(name, values));
		this.crossOrigin.addHeaders(org.springframework.http.HttpMethod.valueOf(request.method().name()),
				PathContainer.parsePath(path), request.requestHeaders().get(HttpHeaderNames.ORIGIN), false,
				new org.springframework.http.HttpHeaders(new Netty4HeadersAdapter(headers)));
		SecurityHeaders.addMissing(headers, status, "https".equals(request.scheme()));
		return HttpMethod.HEAD.equals(request.method()) ? response.send() : response.sendByteArray(Mono.just(content));
	}

}
