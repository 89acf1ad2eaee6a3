package lectern.web;

import java.util.Arrays;
import java.util.List;

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
		List<String> tags = Arrays.stream(ifMatch.split(",")).map(String::strip).toList();
		if (!tags.contains("*") && !tags.contains(toString())) {
			throw Problem
				.of(ProblemType.PRECONDITION_FAILED,
						"The current version is " + this + ". "
								+ (tags.stream().allMatch(EntityTag::isStrong) ? "Read the resource and try again."
										: "Send an ETag in quotes and without W/."))
				.withHeader(HttpHeaders.ETAG, toString());
		}
	}

	/** Other tags never match, even if they contain the current version. */
	private static boolean isStrong(String tag) {
		return tag.length() > 1 && tag.startsWith("\"") && tag.endsWith("\"");
	}

}
