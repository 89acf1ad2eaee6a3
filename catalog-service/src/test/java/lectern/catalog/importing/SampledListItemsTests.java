package lectern.catalog.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.validation.Validation;
import lectern.catalog.book.BookContent;
import lectern.catalog.importing.booklist.ListLanguage;
import lectern.catalog.importing.booklist.RealLists;
import lectern.web.RawLine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares a random sample of items of the real lists, chosen by a fixed seed, with a
 * manual transcription.
 */
class SampledListItemsTests {

	private static final long SEED = 6;

	private static final int SAMPLE_SIZE = 30;

	private static final Pattern ITEM = Pattern.compile("^\\s*[*-] \\[.*");

	private static final Pattern INDEX = Pattern.compile("^\\s*[*-] \\[[^\\]]*\\]\\(#.*");

	private final BookRules rules = new BookRules(Validation.buildDefaultValidatorFactory().getValidator());

	@Test
	void sampledItemsMatchManualTranscription() throws IOException {
		Map<String, @Nullable BookContent> read = new LinkedHashMap<>();
		for (Path list : RealLists.files()) {
			read.putAll(books(list));
		}
		List<String> items = new ArrayList<>(read.keySet());
		Set<String> sample = new LinkedHashSet<>();
		Random random = new Random(SEED);
		while (sample.size() < SAMPLE_SIZE) {
			sample.add(items.get(random.nextInt(items.size())));
		}

		Map<String, BookContent> expected = TranscribedBooks.byListAndLine();

		assertThat(expected.keySet()).isEqualTo(sample);
		assertThat(expected).allSatisfy((item, book) -> assertThat(read.get(item)).as(item).isEqualTo(book));
	}

	/** Read the books of a list by list and line; null for a refused item. */
	private Map<String, @Nullable BookContent> books(Path list) throws IOException {
		String name = list.getFileName().toString();
		LineReader reader = new ListLineReader(ListLanguage.of(name), this.rules);
		Map<String, @Nullable BookContent> books = new LinkedHashMap<>();
		int number = 0;
		for (String line : Files.readAllLines(list)) {
			number++;
			ImportLine counted = reader.read(new RawLine(number, line, null));
			if (ITEM.matcher(line).matches() && !INDEX.matcher(line).matches()) {
				String item = name.substring("free-programming-books-".length(), name.length() - 3) + ":" + number;
				assertThat(counted).as(item).isNotNull();
				books.put(item, (counted instanceof ListedBook book) ? book.content() : null);
			}
		}
		return books;
	}

}
