package lectern.pages;

/**
 * Removes comments, which are a fifth of what a browser would load. A comment that shares
 * its line with code stays: to tell it from a text takes a parser.
 */
final class SourceComments {

	private SourceComments() {
	}

	/** Return a script or a style without the lines that are comments alone. */
	static String remove(String text) {
		StringBuilder code = new StringBuilder();
		boolean inComment = false;
		for (String line : text.lines().toList()) {
			String content = line.strip();
			boolean starts = content.startsWith("/*");
			if (!inComment && !starts && !content.startsWith("//")) {
				code.append(line).append('\n');
			}
			inComment = (inComment || starts) && !content.endsWith("*/");
		}
		return code.toString();
	}

}
