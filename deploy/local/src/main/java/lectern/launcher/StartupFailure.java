package lectern.launcher;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Finds in the log of a service why it could not start. Spring Boot writes it as a block
 * of lines, or as one JSON object with the same lines in a text.
 */
final class StartupFailure {

	private static final String HEADING = "APPLICATION FAILED TO START";

	private static final Pattern DESCRIPTION = Pattern.compile("Description:\\s+(\\S[^\\n]*)");

	private StartupFailure() {
	}

	/**
	 * Return the description of the last failure.
	 * @param lines the end of the log
	 * @return one line; null if the log has none
	 */
	static @Nullable String find(List<String> lines) {
		String log = String.join("\n", lines);
		int heading = log.lastIndexOf(HEADING);
		if (heading < 0) {
			return null;
		}
		String block = log.substring(heading + HEADING.length());
		boolean json = block.startsWith("\\n");
		Matcher description = DESCRIPTION.matcher(json ? unescape(block) : block);
		return description.find() ? description.group(1).strip() : null;
	}

	/** Up to the end of the text. */
	private static String unescape(String json) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < json.length() && json.charAt(i) != '"'; i++) {
			char character = json.charAt(i);
			if (character == '\\' && i + 1 < json.length()) {
				char escaped = json.charAt(++i);
				text.append((escaped == 'n') ? '\n' : escaped);
			}
			else {
				text.append(character);
			}
		}
		return text.toString();
	}

}
