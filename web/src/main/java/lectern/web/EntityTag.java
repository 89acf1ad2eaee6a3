package lectern.web;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The strong entity tag of a single resource: its version.
 *
 * @param version the version of the resource, starting at 1
 */
public record EntityTag(long version) {

	/** Return the tag as the value of an {@code ETag} header. */
	@Override
	public String toString() {
		return "\"" + this.version + "\"";
	}

	/**
	 * Check that a write of an existing resource is based on its current version.
	 * @param ifMatch the value of the {@code If-Match} header; null if absent
	 * @throws Problem 428 without the header, 412 with the current tag if it is stale
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
