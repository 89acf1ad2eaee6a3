package lectern.web;

import java.util.List;

import org.springframework.http.HttpHeaders;

/** Lets scripts of pages of other origins read responses. */
public final class CrossOriginAccess {

	private static final String ALL = "*";

	private static final List<String> EXPOSED_HEADERS = List.of("Cursor", HttpHeaders.ETAG, HttpHeaders.LINK,
			HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER, RequestIdFilter.HEADER, "Idempotency-Replayed");

	private CrossOriginAccess() {
	}

	/**
	 * Let the pages of all origins read a response, which is public. The headers are the
	 * same for every request, so a shared cache needs no {@code Vary}.
	 */
	public static void allowAll(HttpHeaders response) {
		allow(ALL, response);
	}

	/**
	 * Say that a response depends on the origin, unless it is public. It is also said to
	 * a client that sends no origin.
	 */
	public static void varyUnlessPublic(HttpHeaders response) {
		if (!ALL.equals(response.getAccessControlAllowOrigin())) {
			response.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
		}
	}

	/** Let the pages of one origin read a response. */
	public static void allow(String origin, HttpHeaders response) {
		response.setAccessControlAllowOrigin(origin);
		response.setAccessControlExposeHeaders(EXPOSED_HEADERS);
	}

}
