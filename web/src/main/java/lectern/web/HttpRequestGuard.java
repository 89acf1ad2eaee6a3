package lectern.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import lectern.web.Http2RequestGuard.HeadLimits;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks what the HTTP server leaves unchecked in the head of a request, and gives the
 * server's own error responses, which have no content, the form of all others.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112, HTTP/1.1</a>
 */
final class HttpRequestGuard extends ChannelDuplexHandler {

	private static final String UNKNOWN = "-";

	private final JsonMapper mapper;

	private final HeadLimits limits;

	private final AllowedHosts hosts;

	private final FoldedHeaderDetector foldedHeaders;

	/** Why the current request is rejected; null if the server found the fault. */
	private @Nullable Problem problem;

	private String method = UNKNOWN;

	private String path = UNKNOWN;

	HttpRequestGuard(JsonMapper mapper, HeadLimits limits, AllowedHosts hosts, FoldedHeaderDetector foldedHeaders) {
		this.mapper = mapper;
		this.limits = limits;
		this.hosts = hosts;
		this.foldedHeaders = foldedHeaders;
	}

	/**
	 * A stream that takes over the channel removes this handler, and the detector goes
	 * too.
	 */
	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		if (context.pipeline().context(this.foldedHeaders) != null) {
			context.pipeline().remove(this.foldedHeaders);
		}
	}

	/** A request whose decoding failed is answered by the server, in its turn. */
	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
			this.problem = findProblem(request);
			if (this.problem != null) {
				this.method = request.method().name();
				this.path = request.uri();
				request.setDecoderResult(DecoderResult.failure(this.problem));
			}
		}
		if (message instanceof LastHttpContent) {
			this.foldedHeaders.expectHead();
		}
		context.fireChannelRead(message);
	}

	private @Nullable Problem findProblem(HttpRequest request) {
		HttpVersion version = request.protocolVersion();
		if (version.majorVersion() != 1 || version.minorVersion() > 1) {
			return Problem.of(ProblemType.HTTP_VERSION_NOT_SUPPORTED, "Use HTTP/1.1.");
		}
		Problem found = this.hosts.findProblem(request.headers().getAll(HttpHeaderNames.HOST),
				version.minorVersion() == 0);
		if (found != null) {
			return found;
		}
		return this.foldedHeaders.hasFoundFold()
				? Problem.of(ProblemType.MALFORMED, "A header must not be folded over several lines.")
				: RequestFraming.findProblem(request);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof FullHttpResponse response && response.status().code() >= 400
				&& !response.headers().contains(RequestIdFilter.HEADER)) {
			ClientConnection.markOver(context.channel());
			FullHttpResponse replacement = problemResponse(response, context.pipeline().get(SslHandler.class) != null);
			response.release();
			context.write(replacement, promise);
		}
		else {
			context.write(message, promise);
		}
	}

	private FullHttpResponse problemResponse(FullHttpResponse bare, boolean secure) {
		Problem found = (this.problem != null) ? this.problem : problemOf(bare.status());
		this.problem = null;
		ServerRefusal refusal = ServerRefusal.of(found, this.mapper, secure);
		if (found.type().status().is5xxServerError()) {
			log(refusal.requestId(), found);
		}
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.valueOf(refusal.status()), Unpooled.wrappedBuffer(refusal.content()));
		refusal.headers().forEach(response.headers()::set);
		response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		return response;
	}

	/** The server has logged the cause of an internal error, with its stack trace. */
	private void log(String requestId, Problem found) {
		int query = this.path.indexOf('?');
		String withoutQuery = (query < 0) ? this.path : this.path.substring(0, query);
		RequestLog.failed(new LoggedRequest(requestId, null, this.method, LoggedRequest.withoutReader(withoutQuery)),
				found, found);
		this.method = UNKNOWN;
		this.path = UNKNOWN;
	}

	private Problem problemOf(HttpResponseStatus status) {
		return switch (status.code()) {
			case 500 -> ProblemTranslation.internalError();
			case 408 -> Problem.of(ProblemType.STALLED, "The head of the request did not arrive in time.");
			case 413 -> Problem.of(ProblemType.TOO_LARGE, "The request is too large.");
			case 414 -> this.limits.lineTooLong();
			case 431 -> this.limits.headersTooLarge();
			default -> Problem.of(ProblemType.MALFORMED, "The request is not well-formed HTTP.");
		};
	}

}
