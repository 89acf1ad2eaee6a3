package lectern.bench.row;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Made-up books as NDJSON, the same ones every time: words of a small dictionary, the
 * short ones often and the long ones seldom, in documents of some 700 bytes.
 */
final class BookLines {

	private static final long SEED = 6;

	private static final String[] SYLLABLES = { "ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "té",
			"vi", "xo", "zü" };

	private static final int WORDS = 30_000;

	private final Random random = new Random(SEED);

	private final String[] dictionary = new String[WORDS];

	private BookLines() {
		for (int word = 0; word < WORDS; word++) {
			StringBuilder letters = new StringBuilder();
			for (int rest = word + 15; rest > 0; rest /= SYLLABLES.length) {
				letters.append(SYLLABLES[rest % SYLLABLES.length]);
			}
			this.dictionary[word] = letters.toString();
		}
	}

	/** Write so many into a file. */
	static void write(Path file, int many) throws IOException {
		BookLines books = new BookLines();
		try (Writer writer = Files.newBufferedWriter(file)) {
			for (int book = 0; book < many; book++) {
				writer.write(books.line(book));
			}
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	private String line(int book) {
		return """
				{"type":"book","id":"made-up-%d","title":"%s","authors":["%s","%s"],"topics":["%s","%s"],\
				"level":"beginner","language":"en","summary":"%s.","keyPoints":["%s","%s"],\
				"editions":[{"label":"2nd edition","year":%d,"format":"print","pages":%d}],\
				"freeAccess":[{"kind":"open-access","url":"https://books.example/%d","format":"PDF","licence":"CC BY"}]}
				""".formatted(book, words(5), words(2), words(2), words(1), words(2), words(40), words(8), words(8),
				1990 + book % 36, 100 + book % 900, book);
	}

	private String words(int many) {
		StringJoiner words = new StringJoiner(" ");
		for (int word = 0; word < many; word++) {
			double often = this.random.nextDouble();
			words.add(this.dictionary[(int) (often * often * often * WORDS)]);
		}
		return words.toString();
	}

}
