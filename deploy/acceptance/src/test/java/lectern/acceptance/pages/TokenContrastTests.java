package lectern.acceptance.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The colours of the pages can be told apart.
 *
 * @see <a href="https://www.w3.org/TR/WCAG22/#contrast-minimum">WCAG 2.2, 1.4.3 and
 * 1.4.11</a>
 */
class TokenContrastTests {

	private static final Path TOKENS = Path.of("..", "..", "pages", "src", "main", "web", "styles", "tokens.css");

	private static final Pattern COLOUR = Pattern
		.compile("--([\\w-]+): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\);");

	/** Of text. */
	private static final double TEXT = 4.5;

	/** Of the lines of controls, and of what a picture shows. */
	private static final double LINES = 3;

	@ParameterizedTest
	@CsvSource({ "ink", "quiet", "accent", "past", "future", "good", "bad" })
	void textHasContrast(String colour) throws IOException {
		assertContrast(colour, "paper", TEXT);
		assertContrast(colour, "raised", TEXT);
	}

	@ParameterizedTest
	@CsvSource({ "line", "accent", "past", "future" })
	void linesHaveContrast(String colour) throws IOException {
		assertContrast(colour, "paper", LINES);
		assertContrast(colour, "raised", LINES);
	}

	/** Buttons have the colour of the page on a filled ground. */
	@ParameterizedTest
	@CsvSource({ "accent", "past", "future", "good", "bad", "ink" })
	void paperOnFilledGroundHasContrast(String colour) throws IOException {
		assertContrast("paper", colour, TEXT);
	}

	private static void assertContrast(String colour, String ground, double least) throws IOException {
		Map<String, int[]> tokens = tokens();
		for (int theme = 0; theme < 2; theme++) {
			assertThat(contrast(tokens.get(colour)[theme], tokens.get(ground)[theme]))
				.as("%s on %s, %s", colour, ground, (theme == 0) ? "light" : "dark")
				.isGreaterThanOrEqualTo(least);
		}
	}

	/** The colours by their names, each light and dark. */
	private static Map<String, int[]> tokens() throws IOException {
		Map<String, int[]> tokens = new HashMap<>();
		Matcher found = COLOUR.matcher(Files.readString(TOKENS));
		while (found.find()) {
			tokens.put(found.group(1),
					new int[] { Integer.parseInt(found.group(2), 16), Integer.parseInt(found.group(3), 16) });
		}
		assertThat(tokens).hasSizeGreaterThanOrEqualTo(10);
		return tokens;
	}

	private static double contrast(int one, int other) {
		double lighter = Math.max(luminance(one), luminance(other));
		double darker = Math.min(luminance(one), luminance(other));
		return (lighter + 0.05) / (darker + 0.05);
	}

	private static double luminance(int colour) {
		return 0.2126 * channel(colour >> 16) + 0.7152 * channel(colour >> 8) + 0.0722 * channel(colour);
	}

	private static double channel(int value) {
		double part = (value & 0xff) / 255.0;
		return (part <= 0.04045) ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
	}

}
