package lectern.web;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The strong entity tag of a single resource: its version. It says whether a write that
 * brings an {@code If-Match} may go on.
 *
 * @param version 1 for the first
 */
public record EntityTag(long version) {

	/** The tag as it stands in an {@code ETag} header. */
	@Override
	public String toString() {
		return "\"" + this.version + "\"";
	}

	/**
	 * Let a write of something that exists pass only if it was made on the current state.
	 * @param ifMatch the header's value; null when there was none
	 * @throws Problem 428 without the header, 412 with the current tag when it is stale
	 */
	public void requireMatch(@Nullable String ifMatch) {
		if (ifMatch == null) {
			throw Problem
				.of(ProblemType.PRECONDITION_REQUIRED,
						"The resource exists: send its ETag as If-Match, or If-Match: * to overwrite any version.")
				.withHeader(HttpHeaders.ETAG, toString());
		}
		if (!ifMatch.strip().equals("*") && Arrays.stream(ifMatch.split(",")).noneMatch(this::matches)) {
			throw Problem
				.of(ProblemType.PRECONDITION_FAILED,
						"The current version is " + this + ". Read the resource and try again.")
				.withHeader(HttpHeaders.ETAG, toString());
		}
	}

	private boolean matches(String tag) {
		return tag.strip().equals(toString());
	}

}
