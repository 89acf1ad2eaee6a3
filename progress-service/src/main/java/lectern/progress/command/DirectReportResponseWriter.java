package lectern.progress.command;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import lectern.streaming.log.Cursor;
import lectern.web.CacheControlPolicy;
import lectern.web.ContentCompression;
import lectern.web.EntityTag;
import lectern.web.RequestIdFilter;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * Writes the responses to direct reports, with the headers that filters add to others.
 */
final class DirectReportResponseWriter {

	private static final AsciiString REQUEST_ID = AsciiString.cached(RequestIdFilter.HEADER);

	private static final AsciiString CACHE_CONTROL = AsciiString.cached(HttpHeaders.CACHE_CONTROL);

	private static final AsciiString PRIVATE = AsciiString.cached(CacheControlPolicy.PRIVATE);

	private static final AsciiString ETAG = AsciiString.cached(HttpHeaders.ETAG);

	private static final AsciiString CURSOR = AsciiString.cached(Cursor.HEADER);

	private static final AsciiString CONTENT_TYPE = AsciiString.cached(HttpHeaders.CONTENT_TYPE);

	private static final AsciiString JSON = AsciiString.cached("application/json;charset=UTF-8");

	private static final AsciiString CONTENT_LENGTH = AsciiString.cached(HttpHeaders.CONTENT_LENGTH);

	/** The headers of Spring Security: names and values in turn. */
	private static final AsciiString[] SECURITY_HEADERS = { AsciiString.cached("X-Content-Type-Options"),
			AsciiString.cached("nosniff"), AsciiString.cached("X-Frame-Options"), AsciiString.cached("DENY"),
			AsciiString.cached("X-XSS-Protection"), AsciiString.cached("0"), AsciiString.cached("Referrer-Policy"),
			AsciiString.cached("no-referrer") };

	private final ObjectWriter writer;

	DirectReportResponseWriter(JsonMapper mapper) {
		this.writer = mapper.writerFor(PositionResponse.class);
	}

	/**
	 * Prepare the response to a report that was handled.
	 */
	DirectReportHandler.Reply prepare(ReadingCommandResult result, DirectReportRequest report,
			HttpServerResponse response) {
		return reply(this.writer.writeValueAsBytes(PositionResponse.of(result)), report, response, (headers) -> {
			headers.set(ETAG, new EntityTag(result.after().version()).toString());
			headers.set(CURSOR, result.cursor().toString());
		});
	}

	/** Prepare a response with status 200 that the controller created. */
	DirectReportHandler.Reply prepare(ResponseEntity<String> entity, DirectReportRequest report,
			HttpServerResponse response) {
		byte[] content = Objects.requireNonNull(entity.getBody()).getBytes(StandardCharsets.UTF_8);
		return reply(content, report, response, (headers) -> entity.getHeaders().forEach(headers::set));
	}

	private static DirectReportHandler.Reply reply(byte[] plain, DirectReportRequest report,
			HttpServerResponse response, Consumer<io.netty.handler.codec.http.HttpHeaders> specificHeaders) {
		return () -> {
			io.netty.handler.codec.http.HttpHeaders headers = response.responseHeaders();
			headers.set(REQUEST_ID, RequestIdFilter.validOrGenerated(report.requestId()));
			headers.set(CACHE_CONTROL, PRIVATE);
			specificHeaders.accept(headers);
			headers.set(CONTENT_TYPE, JSON);
			headers.setInt(CONTENT_LENGTH, plain.length);
			byte[] content = encode(plain, report, headers);
			for (int i = 0; i < SECURITY_HEADERS.length; i += 2) {
				headers.set(SECURITY_HEADERS[i], SECURITY_HEADERS[i + 1]);
			}
			ByteBuf buffer = response.alloc().ioBuffer(content.length).writeBytes(content);
			return response.sendObject(buffer).then();
		};
	}

	/** Do what the filter for compression does; few responses are that long. */
	private static byte[] encode(byte[] content, DirectReportRequest report,
			io.netty.handler.codec.http.HttpHeaders headers) {
		if (content.length < ContentCompression.MIN_LENGTH) {
			return content;
		}
		headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
		if (!ContentCompression.isAccepted(report.acceptEncoding())) {
			return content;
		}
		byte[] compressed = ContentCompression.compress(content);
		headers.set(HttpHeaders.CONTENT_ENCODING, ContentCompression.GZIP);
		headers.setInt(CONTENT_LENGTH, compressed.length);
		return compressed;
	}

}
