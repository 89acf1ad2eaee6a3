package lectern.web;

import java.util.List;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds requests that another server could read as something else: the HTTP server takes
 * any list of transfer codings with {@code chunked} in it, and any character of a URI.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-6.1">RFC 9112,
 * Transfer-Encoding</a>
 */
final class RequestFraming {

	private static final char DELETE = '\u007f';

	private RequestFraming() {
	}

	/** Return why a request is rejected; null if it is not. */
	static @Nullable Problem findProblem(HttpRequest request) {
		if (request.uri().chars().anyMatch((character) -> character < ' ' || character == DELETE)) {
			return Problem.of(ProblemType.MALFORMED, "The first line of the request has a control character.");
		}
		List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
		if (!codings.isEmpty() && (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked"))) {
			return Problem.of(ProblemType.MALFORMED, "The only transfer coding that can be used is chunked.");
		}
		return null;
	}

}
