package lectern.web;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Writes the response to every failed request as problem+json.
 *
 * <p>
 * It runs before Spring Boot's handler, so that no failure is answered in another format.
 * If the response is already committed, its connection is closed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
@Order(-2)
class ProblemHandler implements WebExceptionHandler {

	/** What a handler may have said of content that it has then failed to send. */
	private static final List<String> CONTENT_HEADERS = List.of("Cursor", HttpHeaders.ETAG, HttpHeaders.LOCATION,
			HttpHeaders.CONTENT_DISPOSITION);

	private final ProblemTranslation translation;

	private final JsonMapper mapper;

	ProblemHandler(ProblemTranslation translation, JsonMapper mapper) {
		this.translation = translation;
		this.mapper = mapper;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
		HttpServerResponse server = serverResponse(exchange.getResponse());
		if (server != null && ClientConnection.isOver(server)) {
			return close(server);
		}
		if (exchange.getResponse().isCommitted()) {
			return cutOff(exchange, failure);
		}
		if (server != null && server.hasSentHeaders()) {
			return Mono.empty();
		}
		Problem problem = this.translation.translate(failure);
		if (problem.type().status().is5xxServerError()) {
			RequestLog.failed(LoggedRequest.of(exchange), failure, problem);
		}
		return write(exchange, problem);
	}

	/**
	 * The failure is that of the client, who has left or has sent what is no HTTP. The
	 * connection is closed behind what the HTTP server may have answered.
	 */
	private static Mono<Void> close(HttpServerResponse server) {
		server.withConnection((connection) -> connection.channel().flush().close());
		return Mono.never();
	}

	/**
	 * Close the connection here. If the failure were passed on, the web framework and the
	 * HTTP server would each log it with the path and without the id of the request.
	 */
	private static Mono<Void> cutOff(ServerWebExchange exchange, Throwable failure) {
		HttpServerResponse server = serverResponse(exchange.getResponse());
		if (server == null || !server.hasSentHeaders()) {
			return Mono.error(failure);
		}
		if (!DisconnectedClientHelper.isClientDisconnectedException(failure)) {
			RequestLog.cutOff(LoggedRequest.of(exchange), failure);
		}
		// What was written before the failure is sent as far as the client takes it at
		// once.
		server.withConnection((connection) -> connection.channel().flush().close());
		return Mono.never();
	}

	private static @Nullable HttpServerResponse serverResponse(ServerHttpResponse response) {
		return (response instanceof AbstractServerHttpResponse
				&& ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse server)
						? server : null;
	}

	private Mono<Void> write(ServerWebExchange exchange, Problem problem) {
		ProblemType type = problem.type();
		ProblemBody body = ProblemBody.of(problem, exchange.getRequest().getPath().value(),
				RequestIdFilter.requestId(exchange));
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(type.status());
		CONTENT_HEADERS.forEach(response.getHeaders()::remove);
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		response.getHeaders().setCacheControl("no-store");
		problem.headers().forEach((name, values) -> response.getHeaders().put(name, values));
		byte[] content = this.mapper.writeValueAsBytes(body);
		boolean compressed = content.length >= ContentCompression.MIN_LENGTH && ContentCompression
			.isAccepted(exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT_ENCODING));
		if (compressed) {
			response.getHeaders().set(HttpHeaders.CONTENT_ENCODING, ContentCompression.GZIP);
		}
		DataBuffer buffer = response.bufferFactory().wrap(compressed ? ContentCompression.compress(content) : content);
		// Otherwise a response to HEAD would not have it, which has no content to count.
		response.getHeaders().setContentLength(buffer.readableByteCount());
		return response.writeWith(Mono.just(buffer));
	}

}
