package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that a document shows as a whole, in a code block whose first line is a comment
 * with the file's name.
 */
final class DocumentedFile {

	private static final String FENCE = "```";

	private DocumentedFile() {
	}

	/** Return the text of a file. */
	static String read(String document, String name) throws IOException {
		List<String> lines = Files.readAllLines(Modules.ROOT.resolve(document));
		for (int line = 1; line < lines.size(); line++) {
			if (lines.get(line - 1).startsWith(FENCE) && lines.get(line).matches("(//|#) " + name)) {
				return String.join("\n", lines.stream().skip(line).takeWhile((each) -> !each.equals(FENCE)).toList())
						+ "\n";
			}
		}
		throw new IllegalStateException(document + " does not show " + name);
	}

	/** Write a file to a folder, and return where it is. */
	static Path extract(String document, String name, Path folder) throws IOException {
		return Files.writeString(folder.resolve(name), read(document, name));
	}

}
