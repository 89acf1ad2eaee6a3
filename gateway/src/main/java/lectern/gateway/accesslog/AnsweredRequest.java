package lectern.gateway.accesslog;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.AsciiString;
import lectern.web.RequestIdFilter;

/**
 * What is known of a request and of its response until the last byte is sent. Used on the
 * event loop of its connection.
 */
final class AnsweredRequest {

	private static final AsciiString REQUEST_ID = AsciiString.of(RequestIdFilter.HEADER);

	private final long began = System.nanoTime();

	private final String method;

	private String route = AccessLogWriter.NONE;

	private String requestId = AccessLogWriter.NONE;

	/** 0 until there is a response. */
	private int status;

	private long bytes;

	private boolean stream;

	private AnsweredRequest(String method) {
		this.method = method;
	}

	/** A request that cannot be decoded has no method, and any word can be one. */
	static AnsweredRequest of(HttpRequest request) {
		return request.decoderResult().isSuccess() ? of(request.method()) : unknown();
	}

	static AnsweredRequest of(HttpMethod method) {
		return new AnsweredRequest(KnownMethods.nameOf(method));
	}

	/** The HTTP server refuses what is no request. */
	static AnsweredRequest unknown() {
		return new AnsweredRequest(AccessLogWriter.NONE);
	}

	void begin(HttpResponse response, String pattern) {
		HttpHeaders headers = response.headers();
		this.status = response.status().code();
		this.route = pattern;
		this.requestId = headers.get(REQUEST_ID, AccessLogWriter.NONE);
		this.stream = headers.get(HttpHeaderNames.CONTENT_TYPE, "").startsWith("text/event-stream");
	}

	void add(long count) {
		this.bytes += count;
	}

	/** Whether the connection of a stream writes the line. */
	boolean isStream() {
		return this.stream;
	}

	/** Whether the response has no content, whatever its headers say. */
	boolean isHeadAlone() {
		return "HEAD".equals(this.method);
	}

	String method() {
		return this.method;
	}

	String route() {
		return this.route;
	}

	String requestId() {
		return this.requestId;
	}

	int status() {
		return this.status;
	}

	long bytes() {
		return this.bytes;
	}

	long elapsedNanos() {
		return System.nanoTime() - this.began;
	}

}
