package lectern.web;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.accept.HeaderContentTypeResolver;
import org.springframework.web.reactive.accept.RequestedContentTypeResolver;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebExchange;

/**
 * The media types that a client accepts. Spring's own resolver ignores a quality of 0,
 * which means that a type is not accepted, and finds no encoder for a charset other than
 * UTF-8, although JSON has no other.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110,
 * Accept</a>
 */
public final class AcceptHeader implements RequestedContentTypeResolver {

	private static final Comparator<MediaType> BY_SPECIFICITY = Comparator
		.comparing((MediaType range) -> !range.isWildcardType())
		.thenComparing((range) -> !range.isWildcardSubtype());

	private final HeaderContentTypeResolver header = new HeaderContentTypeResolver();

	AcceptHeader() {
	}

	/**
	 * Check that the client accepts a media type: the most specific range that includes
	 * it decides.
	 * @throws NotAcceptableStatusException if it does not
	 */
	public static void require(ServerHttpRequest request, MediaType type) {
		if (!accepts(request, type)) {
			throw new NotAcceptableStatusException(List.of(type));
		}
	}

	private static boolean accepts(ServerHttpRequest request, MediaType type) {
		try {
			List<MediaType> ranges = request.getHeaders().getAccept();
			return ranges.isEmpty() || ranges.stream()
				.filter((range) -> range.isCompatibleWith(type))
				.max(BY_SPECIFICITY)
				.filter(AcceptHeader::isAccepted)
				.isPresent();
		}
		catch (InvalidMediaTypeException _) {
			return false;
		}
	}

	@Override
	public List<MediaType> resolveMediaTypes(ServerWebExchange exchange) {
		List<MediaType> ranges = this.header.resolveMediaTypes(exchange);
		List<MediaType> accepted = ranges.stream()
			.filter(AcceptHeader::isAccepted)
			.map(AcceptHeader::withoutCharset)
			.toList();
		if (accepted.isEmpty()) {
			throw new NotAcceptableStatusException("The Accept header excludes all media types");
		}
		return accepted;
	}

	private static MediaType withoutCharset(MediaType range) {
		Map<String, String> parameters = new LinkedHashMap<>(range.getParameters());
		parameters.keySet().removeIf((name) -> name.equalsIgnoreCase("charset"));
		return new MediaType(range, parameters);
	}

	private static boolean isAccepted(MediaType range) {
		return range.getQualityValue() > 0;
	}

}
