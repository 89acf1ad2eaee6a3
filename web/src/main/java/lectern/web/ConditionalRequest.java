package lectern.web;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * On what condition a document is to be written.
 *
 * @param ifMatch the header of that name: the version it was made on
 * @param ifNoneMatch the header of that name: {@code *} insists that there is none yet
 */
public record ConditionalRequest(@Nullable String ifMatch, @Nullable String ifNoneMatch) {

	/** There must be none yet. */
	public static final ConditionalRequest MUST_NOT_EXIST = new ConditionalRequest(null, "*");

	/** The condition that a request states. */
	public static ConditionalRequest of(HttpHeaders headers) {
		return new ConditionalRequest(joined(headers, HttpHeaders.IF_MATCH),
				joined(headers, HttpHeaders.IF_NONE_MATCH));
	}

	/** A list of tags may come as several headers of one name. */
	private static @Nullable String joined(HttpHeaders headers, String name) {
		List<String> values = headers.get(name);
		return (values != null) ? String.join(",", values) : null;
	}

	/**
	 * Let a write pass where there is nothing yet.
	 * @throws Problem 412 if it was made on something
	 */
	public void requireCreateAllowed() {
		if (this.ifMatch != null) {
			throw Problem.of(ProblemType.PRECONDITION_FAILED, "If-Match was sent, but the resource does not exist.");
		}
	}

	/**
	 * Let a write pass where something is.
	 * @throws Problem 412 with the current tag if it was made on another version or
	 * insists on creating, 428 if it does not say what it was made on
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
