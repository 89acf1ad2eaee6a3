package lectern.progress.command;

import java.util.UUID;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AsciiString;
import lectern.web.IdempotencyKey;
import lectern.web.LoggedRequest;
import lectern.web.RequestIdFilter;
import lectern.web.TraceParent;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The head of a position report as nearly every client sends it: with a known content
 * length, a token in the header, and no header that would change the response. All other
 * requests are left to the web framework. So are those with a trace that is exported,
 * because the framework makes the spans.
 *
 * @param reader the reader in the path
 * @param reading the reading in the path
 * @param token the encoded token
 * @param contentLength the length of the content in bytes, at least 1
 * @param ifMatch the {@code If-Match} header; null if absent
 * @param hasIdempotencyKey whether there is an {@code Idempotency-Key} header
 * @param requestId the {@code X-Request-Id} header, valid or not; null if absent
 * @param acceptEncoding the {@code Accept-Encoding} header; null if absent
 */
record DirectReportRequest(String reader, UUID reading, String token, int contentLength, @Nullable String ifMatch,
		boolean hasIdempotencyKey, @Nullable String requestId, @Nullable String acceptEncoding) {

	/** The longest valid report has about 12 KB, but a usual one less than 1 KB. */
	private static final int MAX_CONTENT_LENGTH = 4096;

	private static final String PREFIX = "/api/v1/readers/";

	private static final String READINGS = "/readings/";

	private static final String SUFFIX = "/positions";

	private static final int READING_ID_LENGTH = 36;

	private static final int PATH_LENGTH_WITHOUT_READER = PREFIX.length() + READINGS.length() + READING_ID_LENGTH
			+ SUFFIX.length();

	private static final String TOKEN_PREFIX = "Bearer ";

	private static final AsciiString REQUEST_ID = AsciiString.cached(RequestIdFilter.HEADER);

	private static final AsciiString IDEMPOTENCY_KEY = AsciiString.cached(IdempotencyKey.HEADER);

	private static final AsciiString TRACE_PARENT = AsciiString.cached(TraceParent.HEADER);

	/** Headers that do not make a report unusual, whatever their value is. */
	private static final AsciiString[] IRRELEVANT_HEADERS = { HttpHeaderNames.HOST, HttpHeaderNames.USER_AGENT,
			HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderNames.ACCEPT_LANGUAGE, AsciiString.cached("forwarded"),
			AsciiString.cached("x-forwarded-for"), AsciiString.cached("x-forwarded-host"),
			AsciiString.cached("x-forwarded-port"), AsciiString.cached("x-forwarded-proto"), TRACE_PARENT,
			AsciiString.cached("tracestate"), AsciiString.cached("baggage"), AsciiString.cached("x-http2-scheme"),
			AsciiString.cached("x-http2-stream-id") };

	/** Return null if the request is not a report or differs from what is usual. */
	static @Nullable DirectReportRequest of(HttpServerRequest request) {
		String path = request.uri();
		if (!request.method().equals(HttpMethod.POST) || !"http".equals(request.scheme()) || !path.endsWith(SUFFIX)
				|| !path.startsWith(PREFIX)) {
			return null;
		}
		int readerEnd = PREFIX.length() + path.length() - PATH_LENGTH_WITHOUT_READER;
		if (readerEnd <= PREFIX.length() || !path.startsWith(READINGS, readerEnd)) {
			return null;
		}
		String reader = path.substring(PREFIX.length(), readerEnd);
		int idStart = readerEnd + READINGS.length();
		UUID reading = parseId(path.substring(idStart, idStart + READING_ID_LENGTH));
		return (reading != null && isPlain(reader)) ? withHeaders(request.requestHeaders(), reader, reading) : null;
	}

	/** Return null if it is not the usual form of an id. */
	private static @Nullable UUID parseId(String segment) {
		try {
			UUID id = UUID.fromString(segment);
			return id.toString().equals(segment) ? id : null;
		}
		catch (IllegalArgumentException _) {
			return null;
		}
	}

	/** Whether the segment needs no decoding. The token must have the same text. */
	private static boolean isPlain(String segment) {
		return segment.chars().allMatch((c) -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
	}

	private static @Nullable DirectReportRequest withHeaders(HttpHeaders headers, String reader, UUID reading) {
		String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
		String contentType = headers.get(HttpHeaderNames.CONTENT_TYPE);
		String accept = headers.get(HttpHeaderNames.ACCEPT);
		String connection = headers.get(HttpHeaderNames.CONNECTION);
		int contentLength = headers.getInt(HttpHeaderNames.CONTENT_LENGTH, 0);
		if (authorization == null || !authorization.startsWith(TOKEN_PREFIX) || !"application/json".equals(contentType)
				|| contentLength < 1 || contentLength > MAX_CONTENT_LENGTH
				|| (accept != null && !accept.equals("*/*") && !accept.equals("application/json"))
				|| (connection != null && !HttpHeaderValues.KEEP_ALIVE.contentEqualsIgnoreCase(connection))) {
			return null;
		}
		String requestId = headers.get(REQUEST_ID);
		String ifMatch = headers.get(HttpHeaderNames.IF_MATCH);
		boolean hasKey = headers.contains(IDEMPOTENCY_KEY);
		int known = 3 + count(accept != null) + count(connection != null) + count(requestId != null)
				+ count(ifMatch != null) + count(hasKey);
		for (AsciiString name : IRRELEVANT_HEADERS) {
			known += count(headers.contains(name));
		}
		// There are more if one is unknown or repeated.
		return (known == headers.size())
				? new DirectReportRequest(reader, reading, authorization.substring(TOKEN_PREFIX.length()),
						contentLength, ifMatch, hasKey, requestId, headers.get(HttpHeaderNames.ACCEPT_ENCODING))
				: null;
	}

	/** Whether a request belongs to a trace that its client wants to be exported. */
	static boolean isTraced(HttpServerRequest request) {
		return TraceParent.isSampled(request.requestHeaders().get(TRACE_PARENT));
	}

	/** What the log says of the report. */
	LoggedRequest logged(HttpServerRequest request) {
		return new LoggedRequest(RequestIdFilter.validOrGenerated(this.requestId),
				TraceParent.traceId(request.requestHeaders().get(TRACE_PARENT)), HttpMethod.POST.name(),
				DirectReportMetrics.PATTERN);
	}

	private static int count(boolean present) {
		return present ? 1 : 0;
	}

}
