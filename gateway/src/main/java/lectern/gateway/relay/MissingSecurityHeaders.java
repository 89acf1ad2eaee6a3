package lectern.gateway.relay;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;

import org.springframework.security.web.server.header.CacheControlServerHttpHeadersWriter;

/**
 * Adds the headers that Spring Security adds to every response of the ordinary way, each
 * unless the service has set it.
 */
final class MissingSecurityHeaders {

	private static final AsciiString CACHE_CONTROL = AsciiString.cached("Cache-Control");

	private static final AsciiString PRAGMA = AsciiString.cached("Pragma");

	private static final AsciiString EXPIRES = AsciiString.cached("Expires");

	private static final AsciiString CONTENT_TYPE_OPTIONS = AsciiString.cached("X-Content-Type-Options");

	private static final AsciiString FRAME_OPTIONS = AsciiString.cached("X-Frame-Options");

	private static final AsciiString XSS_PROTECTION = AsciiString.cached("X-XSS-Protection");

	private static final AsciiString REFERRER_POLICY = AsciiString.cached("Referrer-Policy");

	private static final AsciiString TRANSPORT_SECURITY = AsciiString.cached("Strict-Transport-Security");

	private static final AsciiString NO_CACHE = AsciiString
		.cached(CacheControlServerHttpHeadersWriter.CACHE_CONTROL_VALUE);

	private MissingSecurityHeaders() {
	}

	/**
	 * Add the headers that are missing.
	 * @param secure whether the client's connection is encrypted
	 */
	static void addMissing(HttpHeaders headers, HttpResponseStatus status, boolean secure) {
		boolean cachingIsSet = headers.contains(CACHE_CONTROL) || headers.contains(PRAGMA) || headers.contains(EXPIRES);
		if (!cachingIsSet && status.code() != HttpResponseStatus.NOT_MODIFIED.code()) {
			headers.set(CACHE_CONTROL, NO_CACHE);
			headers.set(PRAGMA, CacheControlServerHttpHeadersWriter.PRAGMA_VALUE);
			headers.set(EXPIRES, CacheControlServerHttpHeadersWriter.EXPIRES_VALUE);
		}
		addMissing(headers, CONTENT_TYPE_OPTIONS, "nosniff");
		addMissing(headers, FRAME_OPTIONS, "DENY");
		addMissing(headers, XSS_PROTECTION, "0");
		addMissing(headers, REFERRER_POLICY, "no-referrer");
		if (secure) {
			addMissing(headers, TRANSPORT_SECURITY, "max-age=31536000 ; includeSubDomains");
		}
	}

	private static void addMissing(HttpHeaders headers, CharSequence name, String value) {
		if (!headers.contains(name)) {
			headers.set(name, value);
		}
	}

}
