package lectern.catalog.importing.booklist;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Random;

import lectern.catalog.book.NormalizedUrl;
import lectern.catalog.importing.booklist.ParsedLine.InvalidItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Lines that would make a careless parser slow or throw an exception. */
class AdversarialLinesTests {

	/** In characters. Parsing in quadratic time would exceed the limit by far. */
	private static final int LONG = 1 << 16;

	/** Parsing in linear time takes less than a second of it. */
	private static final Duration MAX_CPU_TIME = Duration.ofSeconds(5);

	private static final int RANDOM_LINES = Boolean.getBoolean("lectern.proof") ? 20_000 : 1_000;

	private static final String MARKUP = "* [T](http://a.org/) - A, B (PDF) `trl.:` *_[]()<>&;#!\\\"'@/:.-+（）、 \t";

	@ParameterizedTest
	@ValueSource(strings = { "[", "(", "[[((", "[a](", "[a](<", "![", "`", "` `` ", "*", "_a ", "* a*", "<", "<a ",
			"<!--", "&", "&#", "\\", "\\[", "[a](b)", "](", "(a (", "- ", ", ", " and ", "et al. ", "(PDF, ", "trl.: ",
			"A @ ", "#", " ", "\u0301", "😀", "\uFFFC", "http://", "%", "/web/", "[a] (http://b" })
	void longRepetitionIsParsedInLinearTime(String unit) {
		String line = unit.repeat(LONG / unit.length());

		assertQuick(() -> {
			Inline.scan(line);
			Credits.read(line);
			ItemAnnotation.of(line);
			Parentheses.members(line);
			NormalizedUrl.of(line);
			NormalizedUrl.of("https://web.archive.org/web/" + line);
			PublicationYear.findInTitle(line);
			EditionTitle.of(TextSanitizer.truncate(line, 500));
			AccessKind.of(line);
			LinkDestination.toUrl("http://" + line);
			ListLanguage.of("free-" + line);
		});
		assertQuick(() -> new ListParser().parse("* " + line, 1));
		assertQuick(() -> new ListParser().parse("### " + line, 1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "(", "[a](", "(a, ", "A, ", "A and ", "* a*", "[b](http://b.org) ", "(PDF) ",
			"(email ", "trl.: A ", " @ A", "((PDF))", "A;", "A (b) ", "a(b)", "אב ואב ", "1st edition " })
	void longestItemIsParsedQuickly(String unit) {
		String line = "* [T](http://a.org) - " + unit.repeat(9_900 / unit.length());

		assertQuick(() -> new ListParser().parse(line, 1));
	}

	/** The CPU time of the thread does not depend on the load of the machine. */
	private static void assertQuick(Runnable parsing) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long start = threads.getCurrentThreadCpuTime();
		parsing.run();
		assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(MAX_CPU_TIME);
	}

	@Test
	void randomLinesNeverThrow() {
		Random random = new Random(20260818);
		ListParser parser = new ListParser();
		for (int i = 1; i <= RANDOM_LINES; i++) {
			String text = random(random);
			parser.parse(text, i);
			assertStorable(parser.parse("* " + text, i));
			assertStorable(parser.parse("* [T](http://a.org/" + text + ") - " + random(random), i));
			assertStorable(parser.parse("* [" + text + "](http://a.org) - " + random(random), i));
			assertThat(NormalizedUrl.of("http://a.org/" + text).value()).isNotNull();
			NormalizedUrl.of(text);
			LinkDestination.toUrl("http://" + text);
			ListLanguage.of("free-" + text);
			ItemAnnotation.of(text);
		}
	}

	/** Assert that a result can be stored in the database and sent as JSON. */
	private static void assertStorable(ParsedLine parsed) {
		switch (parsed) {
			case ListItem item -> {
				assertThat(item.title()).isNotBlank().matches(AdversarialLinesTests::isClean);
				assertThat(item.links()).isNotEmpty()
					.allSatisfy((link) -> assertThat(link.url()).matches("https?://[!-~]+"));
				assertThat(item.contributors()).extracting(Contributor::name)
					.allMatch((name) -> !name.isBlank() && isClean(name));
				assertThat(item.notes()).allMatch((note) -> !note.isBlank() && isClean(note));
			}
			case InvalidItem refused -> {
				assertThat(refused.reason()).isNotBlank().matches(AdversarialLinesTests::isClean);
				assertThat(refused.text()).matches(AdversarialLinesTests::isClean).hasSizeLessThanOrEqualTo(200);
			}
			case ParsedLine.NotAnItem _ -> {
			}
		}
	}

	private static boolean isClean(String text) {
		return text.codePoints()
			.noneMatch((c) -> (Character.isISOControl(c) && c != '\t') || Character.getType(c) == Character.SURROGATE);
	}

	private static String random(Random random) {
		StringBuilder text = new StringBuilder();
		int length = random.nextInt(40);
		for (int i = 0; i < length; i++) {
			switch (random.nextInt(8)) {
				case 0 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
				case 1 -> text.append((char) random.nextInt(0x10000));
				case 2 -> text.append((char) random.nextInt(0x250));
				default -> text.append(MARKUP.charAt(random.nextInt(MARKUP.length())));
			}
		}
		return text.toString();
	}

}
