package lectern.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;

/**
 * Checks the head of each request of an HTTP/2 connection as {@link HttpRequestGuard}
 * does over HTTP/1.1, with the same responses. A request that it refuses does not reach
 * the HTTP server.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113">RFC 9113, HTTP/2</a>
 */
final class Http2RequestGuard extends ChannelInboundHandlerAdapter {

	static final String NAME = "lectern.http2-request-guard";

	/** A header takes so many bytes more in HTTP/1.1. */
	private static final int SEPARATORS = ": \r\n".length();

	private final JsonMapper mapper;

	private final HeadLimits limits;

	private final AllowedHosts hosts;

	Http2RequestGuard(JsonMapper mapper, HeadLimits limits, AllowedHosts hosts) {
		this.mapper = mapper;
		this.limits = limits;
		this.hosts = hosts;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof Http2HeadersFrame head && head.headers().method() != null) {
			@Nullable Problem problem = findProblem(head.headers());
			if (problem != null) {
				refuse(context, head, problem);
				return;
			}
		}
		context.fireChannelRead(message);
	}

	private @Nullable Problem findProblem(Http2Headers headers) {
		CharSequence path = headers.path();
		if (path != null && path.length() > this.limits.maxLine().toBytes()) {
			return this.limits.lineTooLong();
		}
		if (sizeOf(headers) > this.limits.maxHeaders().toBytes()) {
			return this.limits.headersTooLarge();
		}
		return findHostProblem(headers);
	}

	private static long sizeOf(Http2Headers headers) {
		long size = 0;
		for (Map.Entry<CharSequence, CharSequence> header : headers) {
			if (!PseudoHeaderName.hasPseudoHeaderFormat(header.getKey())) {
				size += header.getKey().length() + header.getValue().length() + SEPARATORS;
			}
		}
		return size;
	}

	/** The server makes a header of the authority, if there is one. */
	private @Nullable Problem findHostProblem(Http2Headers headers) {
		@Nullable CharSequence authority = headers.authority();
		List<String> hosts = headers.getAll(HttpHeaderNames.HOST).stream().map(CharSequence::toString).toList();
		if (authority == null) {
			return this.hosts.findProblem(hosts, false);
		}
		if (hosts.size() > 1 || (hosts.size() == 1 && !hosts.getFirst().contentEquals(authority))) {
			return Problem.of(ProblemType.MALFORMED, "The Host header differs from the authority of the request.");
		}
		return this.hosts.findProblem(List.of(authority.toString()), false);
	}

	/**
	 * Respond, and then tell a client that is still sending that nobody needs the rest.
	 */
	private void refuse(ChannelHandlerContext context, Http2HeadersFrame head, Problem problem) {
		Http2FrameStream stream = head.stream();
		ServerRefusal refusal = ServerRefusal.of(problem, this.mapper, true);
		Http2Headers headers = new DefaultHttp2Headers().status(Integer.toString(refusal.status()));
		refusal.headers().forEach((name, value) -> headers.set(name.toLowerCase(Locale.ROOT), value));
		boolean headOnly = HttpMethod.HEAD.asciiName().contentEquals(head.headers().method());
		Future<Void> sent = context.write(new DefaultHttp2HeadersFrame(headers, headOnly).stream(stream));
		if (!headOnly) {
			sent = context
				.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(refusal.content()), true).stream(stream));
		}
		if (!head.isEndStream()) {
			sent.addListener(
					(_) -> context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR).stream(stream)));
		}
		context.flush();
	}

	/**
	 * How large the head of a request may be.
	 *
	 * @param maxLine the size of its first line; over HTTP/2, of the path
	 * @param maxHeaders the size of its headers
	 */
	record HeadLimits(DataSize maxLine, DataSize maxHeaders) {

		Problem lineTooLong() {
			return Problem.of(ProblemType.URI_TOO_LONG,
					"The first line of the request is longer than %d KB.".formatted(this.maxLine.toKilobytes()));
		}

		Problem headersTooLarge() {
			return Problem.of(ProblemType.HEADERS_TOO_LARGE,
					"The headers of the request are larger than %d KB.".formatted(this.maxHeaders.toKilobytes()));
		}

	}

}
