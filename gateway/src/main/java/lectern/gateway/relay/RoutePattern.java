package lectern.gateway.relay;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * A pattern of paths, as routes have it. The two most frequent forms are compared as
 * text, because the parsing of a path takes longer than all comparisons together.
 */
sealed interface RoutePattern {

	String ANY_SUFFIX = "/**";

	/** Create a pattern, for example {@code /api/v1/books/**}. */
	static RoutePattern parse(String pattern) {
		String prefix = pattern.endsWith(ANY_SUFFIX) ? pattern.substring(0, pattern.length() - ANY_SUFFIX.length())
				: pattern;
		if (!prefix.matches("[A-Za-z0-9/._~-]+")) {
			return new Parsed(PathPatternParser.defaultInstance.parse(pattern));
		}
		return pattern.endsWith(ANY_SUFFIX) ? new Subtree(pattern, prefix) : new Exact(pattern);
	}

	/** The pattern as the route has it. */
	String text();

	/**
	 * Return whether a path matches.
	 * @param path a path without encoded characters and without a slash at its end
	 */
	boolean matches(String path);

	/** A pattern without wildcards. */
	record Exact(String text) implements RoutePattern {

		@Override
		public boolean matches(String path) {
			return path.equals(this.text);
		}

	}

	/**
	 * A path and everything below it.
	 *
	 * @param root the path
	 */
	record Subtree(String text, String root) implements RoutePattern {

		@Override
		public boolean matches(String path) {
			return path.startsWith(this.root)
					&& (path.length() == this.root.length() || path.charAt(this.root.length()) == '/');
		}

	}

	/** Any other pattern. */
	record Parsed(PathPattern pattern) implements RoutePattern {

		@Override
		public String text() {
			return this.pattern.getPatternString();
		}

		@Override
		public boolean matches(String path) {
			return this.pattern.matches(PathContainer.parsePath(path));
		}

	}

}
