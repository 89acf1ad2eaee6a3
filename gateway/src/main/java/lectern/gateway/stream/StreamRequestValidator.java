package lectern.gateway.stream;

import java.util.List;

import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;

/** Validates requests for streams. */
final class StreamRequestValidator {

	private StreamRequestValidator() {
	}

	/**
	 * Check the method and the accepted media types.
	 * @throws MethodNotAllowedException unless the method is GET or HEAD
	 * @throws NotAcceptableStatusException unless the client accepts event streams
	 */
	static void validate(ServerHttpRequest request) {
		if (request.getMethod() != HttpMethod.GET && request.getMethod() != HttpMethod.HEAD) {
			throw new MethodNotAllowedException(request.getMethod(), List.of(HttpMethod.GET, HttpMethod.HEAD));
		}
		if (!accepts(request)) {
			throw new NotAcceptableStatusException(List.of(MediaType.TEXT_EVENT_STREAM));
		}
	}

	private static boolean accepts(ServerHttpRequest request) {
		try {
			List<MediaType> accepted = request.getHeaders().getAccept();
			return accepted.isEmpty()
					|| accepted.stream().anyMatch((type) -> type.isCompatibleWith(MediaType.TEXT_EVENT_STREAM));
		}
		catch (InvalidMediaTypeException _) {
			return false;
		}
	}

}
