package lectern.web;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The preconditions of a write.
 *
 * @param ifMatch the {@code If-Match} header: the version that the write is based on;
 * null if absent
 * @param ifNoneMatch the {@code If-None-Match} header: {@code *} demands that the
 * resource does not exist yet; null if absent
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13">RFC 9110, section
 * 13</a>
 */
public record ConditionalRequest(@Nullable String ifMatch, @Nullable String ifNoneMatch) {

	/** Demands that the resource does not exist yet. */
	public static final ConditionalRequest MUST_NOT_EXIST = new ConditionalRequest(null, "*");

	/** Read the preconditions from the headers of a request. */
	public static ConditionalRequest of(HttpHeaders headers) {
		return new ConditionalRequest(joined(headers, HttpHeaders.IF_MATCH),
				joined(headers, HttpHeaders.IF_NONE_MATCH));
	}

	/** A list of tags may be split over several headers of one name. */
	private static @Nullable String joined(HttpHeaders headers, String name) {
		List<String> values = headers.get(name);
		return (values != null) ? String.join(",", values) : null;
	}

	/**
	 * Check a write of a resource that does not exist.
	 * @throws Problem 412 if the write is based on a version
	 */
	public void requireCreateAllowed() {
		if (this.ifMatch != null) {
			throw Problem.of(ProblemType.PRECONDITION_FAILED, "If-Match was sent, but the resource does not exist.");
		}
	}

	/**
	 * Check a write of an existing resource.
	 * @throws Problem 412 with the current tag if the write is based on another version
	 * or demands that the resource does not exist, 428 without {@code If-Match}
	 */
	public void requireUpdateAllowed(EntityTag current) {
		if (excludes(current)) {
			throw Problem
				.of(ProblemType.PRECONDITION_FAILED, "The resource already exists; its version is " + current + ".")
				.withHeader(HttpHeaders.ETAG, current.toString());
		}
		current.requireMatch(this.ifMatch);
	}

	private boolean excludes(EntityTag current) {
		return this.ifNoneMatch != null && Arrays.stream(this.ifNoneMatch.split(","))
			.map(String::strip)
			.anyMatch((tag) -> tag.equals("*") || tag.equals(current.toString()));
	}

}
