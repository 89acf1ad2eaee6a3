package lectern.web;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import io.netty.util.AsciiString;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The headers with which a response tells browsers what they must not do with it. Each is
 * added unless the response has it already. The policy of pages about what they load
 * (CSP) is not here: it depends on the page.
 */
public final class SecurityHeaders {

	/** Responses are never framed, guessed at, embedded elsewhere or named to others. */
	private static final List<Field> OF_EVERY_RESPONSE = List.of(new Field("X-Content-Type-Options", "nosniff"),
			new Field("X-Frame-Options", "DENY"), new Field("Referrer-Policy", "no-referrer"),
			new Field("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
			new Field("Cross-Origin-Opener-Policy", "same-origin"),
			// Pages of other origins that ask with CORS can read what they are allowed
			// to.
			new Field("Cross-Origin-Resource-Policy", "same-origin"),
			// Its filter in former browsers could be misused; 0 switches it off.
			new Field("X-XSS-Protection", "0"));

	/** What is not said to be public is private. */
	private static final List<Field> OF_UNDECLARED_CACHING = List.of(
			new Field(HttpHeaders.CACHE_CONTROL, "no-cache, no-store, max-age=0, must-revalidate"),
			new Field(HttpHeaders.PRAGMA, "no-cache"), new Field(HttpHeaders.EXPIRES, "0"));

	/** Subdomains are not included: they belong to others, who may not have TLS. */
	private static final Field OF_ENCRYPTED_CONNECTIONS = new Field("Strict-Transport-Security", "max-age=31536000");

	private SecurityHeaders() {
	}

	/**
	 * Add the headers that are missing.
	 * @param status the status of the response
	 * @param secure whether the client's connection is encrypted
	 */
	public static void addMissing(io.netty.handler.codec.http.HttpHeaders headers, int status, boolean secure) {
		addMissing((field) -> headers.contains(field.name()), (field, value) -> headers.set(field.name(), value),
				status, secure);
	}

	/**
	 * Add the headers that are missing.
	 * @param status the status of the response
	 * @param secure whether the client's connection is encrypted
	 */
	public static void addMissing(HttpHeaders headers, int status, boolean secure) {
		addMissing((field) -> headers.containsHeader(field.name().toString()),
				(field, value) -> headers.set(field.name().toString(), value.toString()), status, secure);
	}

	/** Add the headers that are missing in a response that no handler has written. */
	static void addMissing(Map<String, String> headers, int status, boolean secure) {
		addMissing((field) -> headers.containsKey(field.name().toString()),
				(field, value) -> headers.put(field.name().toString(), value.toString()), status, secure);
	}

	private static void addMissing(Predicate<Field> contains, BiConsumer<Field, AsciiString> set, int status,
			boolean secure) {
		if (status != HttpStatus.NOT_MODIFIED.value() && OF_UNDECLARED_CACHING.stream().noneMatch(contains)) {
			OF_UNDECLARED_CACHING.forEach((field) -> set.accept(field, field.value()));
		}
		for (Field field : OF_EVERY_RESPONSE) {
			if (!contains.test(field)) {
				set.accept(field, field.value());
			}
		}
		if (secure && !contains.test(OF_ENCRYPTED_CONNECTIONS)) {
			set.accept(OF_ENCRYPTED_CONNECTIONS, OF_ENCRYPTED_CONNECTIONS.value());
		}
	}

	/** A header; both ends of it are encoded once. */
	private record Field(AsciiString name, AsciiString value) {

		Field(String name, String value) {
			this(AsciiString.cached(name), AsciiString.cached(value));
		}

	}

}
