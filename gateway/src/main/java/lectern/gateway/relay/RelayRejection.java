package lectern.gateway.relay;

import java.util.Objects;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import lectern.web.Problem;
import lectern.web.ProblemBody;
import lectern.web.RequestIdFilter;
import lectern.web.SecurityHeaders;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;

/**
 * Answers a request that no service takes, with the problem of the ordinary way. Under
 * overload this is what the gateway does most, so it must cost less than the request
 * would; and it writes no line to the log, as there would be thousands of them. A meter
 * counts them.
 */
final class RelayRejection {

	private static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");

	private static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");

	private static final AsciiString CACHE_CONTROL = AsciiString.cached("Cache-Control");

	private static final AsciiString VARY = AsciiString.cached("Vary");

	private final JsonMapper mapper;

	RelayRejection(JsonMapper mapper) {
		this.mapper = mapper;
	}

	Mono<Void> answer(Problem problem, HttpServerRequest request, HttpServerResponse response, String requestId) {
		String path = Objects.requireNonNull(RegularRequestMatcher.pathOf(request.uri()));
		byte[] content = this.mapper.writeValueAsBytes(ProblemBody.of(problem, path, requestId));
		HttpResponseStatus status = HttpResponseStatus.valueOf(problem.type().status().value());
		HttpHeaders headers = response.status(status).responseHeaders();
		problem.headers().forEach((name, values) -> headers.set(name, values));
		headers.set(RequestIdFilter.HEADER, requestId)
			.set(CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
			.set(CACHE_CONTROL, "no-store")
			.set(CONTENT_LENGTH, content.length)
			.add(VARY, "Origin");
		SecurityHeaders.addMissing(headers, status.code(), "https".equals(request.scheme()));
		return HttpMethod.HEAD.equals(request.method()) ? response.send().then()
				: response.sendObject(Unpooled.wrappedBuffer(content)).then();
	}

}
