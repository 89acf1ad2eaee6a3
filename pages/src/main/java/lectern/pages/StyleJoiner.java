package lectern.pages;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Joins the styles in the order in which one of them imports the others. */
final class StyleJoiner {

	private static final Pattern IMPORT = Pattern
		.compile("@import (?:url\\()?['\"](?:\\./)?([\\w./-]+\\.css)['\"]\\)?(?: layer\\(([\\w.-]+)\\))?;");

	private StyleJoiner() {
	}

	/**
	 * Return the text of all styles.
	 * @param texts the texts by the paths of their files
	 * @param index the path of the style that imports the others, which are beside it
	 */
	static String join(Map<String, String> texts, String index) {
		String folder = index.substring(0, index.lastIndexOf('/') + 1);
		StringBuilder joined = new StringBuilder();
		int number = 0;
		for (String line : texts.getOrDefault(index, "").lines().toList()) {
			number++;
			Matcher matcher = IMPORT.matcher(line.strip());
			if (!line.strip().startsWith("@import")) {
				joined.append(line).append('\n');
			}
			else if (!matcher.matches()) {
				throw PageBuildException.at(index, number, "Import a style as in \"@import 'file.css';\", one a line.");
			}
			else {
				String text = texts.get(folder + matcher.group(1));
				if (text == null) {
					throw PageBuildException.at(index, number, "There is no file " + folder + matcher.group(1) + ".");
				}
				joined.append(inLayer(text, matcher.group(2)));
			}
		}
		if (joined.isEmpty()) {
			throw new PageBuildException("There is no file " + index + ", or it is empty.");
		}
		return joined.toString();
	}

	private static String inLayer(String text, @Nullable String layer) {
		return (layer != null) ? "@layer " + layer + " {\n" + text + "}\n" : text;
	}

}
