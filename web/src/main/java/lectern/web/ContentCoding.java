package lectern.web;

import org.springframework.http.HttpHeaders;

/** The coding of the content of requests. Only content as it is can be read. */
final class ContentCoding {

	private static final String IDENTITY = "identity";

	private ContentCoding() {
	}

	/**
	 * Check that the content of a request is not compressed: it could expand to a
	 * thousand times its size.
	 * @throws Problem 415 otherwise, with the accepted coding
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3">RFC 9110,
	 * Accept-Encoding</a>
	 */
	static void requireIdentity(HttpHeaders request) {
		for (String coding : request.getOrEmpty(HttpHeaders.CONTENT_ENCODING)) {
			if (!coding.isBlank() && !coding.strip().equalsIgnoreCase(IDENTITY)) {
				throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the content without a Content-Encoding.")
					.withHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
			}
		}
	}

}
