package lectern.catalog.importing.booklist;

import java.util.ArrayList;
import java.util.List;

import lectern.catalog.importing.booklist.ParsedLine.InvalidItem;
import lectern.catalog.importing.booklist.ParsedLine.NotAnItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Lines, headings, nesting and refusals of a list. */
class ListParserTests {

	@Test
	void headingsAreTopics() {
		List<ParsedLine> lines = parse("## BY SUBJECT", "", "### <a id=\"csharp\"></a>C\\#", "", "* [T](http://a.org)",
				"#### Tools ####", "* [U](http://b.org)", "### 0 - C #", "* [V](http://c.org)");

		assertThat(lines).filteredOn((line) -> line instanceof ListItem)
			.extracting((line) -> ((ListItem) line).topics())
			.containsExactly(List.of("C#"), List.of("C#", "Tools"), List.of("C"));
	}

	@Test
	void nestedItemsAreSeparateBooks() {
		List<ParsedLine> lines = parse("* Engines, a course by Ada", "    * [Part 1](http://a.org)",
				"\t* [Part 2](http://b.org)");

		assertThat(lines.get(0)).isInstanceOf(InvalidItem.class);
		assertThat(lines.subList(1, 3)).extracting((line) -> ((ListItem) line).title())
			.containsExactly("Part 1", "Part 2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "### Index", "#hashtag", "Some prose with a [link](http://a.org).", "* [C](#c)",
			"    * [Qt](#qt)", "* * *", "---", "> :information_source: See [C](#c)", "*emphasised*", "*", "- ",
			"<div dir=\"rtl\" markdown=\"1\">", "<!-- * [T](http://a.org) -->", "1. [T](http://a.org)" })
	void otherLinesAreNotItems(String line) {
		assertThat(new ListParser().parse(line, 1)).isEqualTo(NotAnItem.NOT_AN_ITEM);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			* Engines by Ada Byron                  | The line has no link.
			* [Engines][1] - Ada Byron              | The line has no link.
			* [](http://a.org) - Ada Byron          | The link has no title.
			* [&rlm; &nbsp;](http://a.org)          | The link has no title.
			* [T]() - A                             | The link has no target.
			* [T](list-langs.md)                    | The link points to another list, not to a book: list-langs.md
			* [T](javascript:alert(1))              | The link is not an http or https URL: javascript:alert(1)
			* [T](ftp://a.org/t.pdf)                | The link is not an http or https URL: ftp://a.org/t.pdf
			* [T](http://)                          | The URL of the link cannot be parsed: http://
			* [T](http://a b.org/)                  | The URL of the link cannot be parsed: http://a b.org/
			* [T](http://ada:secret@a.org/)         | The URL of the link cannot be parsed: http://ada:secret@a.org/
			* [T\u0000](http://a.org)               | The line contains control characters.
			* [T\uFFFD](http://a.org)               | The line contains bytes that are not UTF-8.
			""")
	void invalidItemIsRefusedWithReason(String line, String reason) {
		InvalidItem refused = (InvalidItem) new ListParser().parse(line, 7);

		assertThat(refused.reason()).isEqualTo(reason);
		assertThat(refused.line()).isEqualTo(7);
		assertThat(refused.text()).isEqualTo(line.replace('\0', '\uFFFD'));
	}

	@Test
	void tooLargeItemIsRefused() {
		String title = "T".repeat(501);
		assertThat(refusal("* [" + title + "](http://a.org)")).contains("longer than 500");
		assertThat(refusal("* [T](http://a.org) - " + "Ada, ".repeat(101))).contains("more than 100");
		assertThat(refusal("* [T](http://a.org/" + "a".repeat(2000) + ")")).contains("cannot be parsed");
		assertThat(refusal("* [T](http://a.org) " + "a".repeat(10_000))).contains("longer than 10,000");
		assertThat(((InvalidItem) new ListParser().parse("* " + "😀".repeat(9_000), 1)).text()).hasSize(200)
			.endsWith("😀");
	}

	@Test
	void itemInsideCommentIsRefused() {
		List<ParsedLine> lines = parse("<!-- later:", "* [T](http://a.org)", "-->", "* [U](http://b.org)");

		assertThat(lines.get(1)).isEqualTo(
				new InvalidItem(2, "The line is inside a comment that starts on line 1.", "* [T](http://a.org)"));
		assertThat(lines.get(3)).isInstanceOf(ListItem.class);
	}

	private static String refusal(String line) {
		return ((InvalidItem) new ListParser().parse(line, 1)).reason();
	}

	private static List<ParsedLine> parse(String... lines) {
		ListParser parser = new ListParser();
		List<ParsedLine> parsed = new ArrayList<>();
		for (String line : lines) {
			parsed.add(parser.parse(line, parsed.size() + 1));
		}
		return parsed;
	}

}
