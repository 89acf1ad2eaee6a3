package lectern.bench.dataset;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Generates the books of a large catalog. A book depends only on its number. Words have
 * the frequencies of a natural language, most books are in English, and a third of them
 * has a summary.
 */
public final class GeneratedBooks {

	/** A word in the titles of about 30 % of the books. */
	public static final String COMMON_WORD = "programming";

	/** A word in the title of one book in 2,000. */
	public static final String RARE_WORD = "zymurgy";

	/** A word in the title of one book in 200. */
	public static final String TECHNICAL_WORD = "asyncio";

	/** A word with an accent, in titles of French books only. */
	public static final String ACCENTED_WORD = "poésie";

	/** The topic of about 3 % of the books. */
	public static final String TOPIC = "databases";

	private static final int RARE_WORD_INTERVAL = 2_000;

	private static final int TECHNICAL_WORD_INTERVAL = 200;

	private static final List<String> LANGUAGES = List.of("en", "en", "en", "en", "en", "en", "fr", "de", "es", "it");

	private static final ZipfVocabulary WORDS = ZipfVocabulary.of(List.of(COMMON_WORD, "introduction", "data", "guide",
			"learning", "systems", "python", "design", "modern", "software", "web", "algorithms", "asynchronous"),
			30_000, 1);

	private static final ZipfVocabulary FRENCH = ZipfVocabulary
		.of(List.of("programmation", ACCENTED_WORD, "données", "théorie"), 5_000, 2);

	private static final ZipfVocabulary TOPICS = ZipfVocabulary.of(List.of("python", "java", "web", "mathematics",
			"security", "design", "networks", "linux", "statistics", TOPIC), 500, 3);

	private static final ZipfVocabulary NAMES = ZipfVocabulary.of(List.of(), 6_000, 4);

	private GeneratedBooks() {
	}

	/** Return the id of a book. */
	public static String id(int number) {
		// A random word in front, because ids made of titles are not in insertion order.
		return "%s-%06d".formatted(NAMES.sampleUniformly(new SplittableRandom(number)), number);
	}

	/** Return the JSON document of a book, with all lists, as a curator would send it. */
	public static String document(int number) {
		SplittableRandom random = new SplittableRandom(31L * number);
		String language = LANGUAGES.get(random.nextInt(LANGUAGES.size()));
		ZipfVocabulary words = language.equals("fr") ? FRENCH : WORDS;
		StringBuilder json = new StringBuilder(1024);
		json.append("{\"title\":\"").append(title(number, words, random)).append("\",\"otherTitles\":[],\"authors\":");
		json.append(list(1 + random.nextInt(2), () -> name(random)));
		json.append(",\"topics\":")
			.append(list(1 + random.nextInt(3), () -> capitalize(TOPICS.sampleByFrequency(random))));
		json.append(",\"language\":\"").append(language).append('"');
		if (random.nextInt(3) == 0) {
			json.append(",\"level\":\"")
				.append(List.of("beginner", "intermediate", "advanced").get(random.nextInt(3)))
				.append("\",\"summary\":\"")
				.append(sentence(words, 30, random))
				.append("\",\"keyPoints\":")
				.append(list(3, () -> sentence(words, 8, random)));
		}
		else {
			json.append(",\"keyPoints\":[]");
		}
		json.append(",\"editions\":[{\"year\":").append(1990 + random.nextInt(36)).append(",\"isbn\":\"");
		json.append(isbn(number)).append("\",\"format\":\"print\",\"pages\":").append(100 + random.nextInt(900));
		json.append("}],\"freeAccess\":[{\"kind\":\"open-access\",\"url\":\"https://example.org/books/");
		return json.append(id(number)).append("\",\"format\":\"HTML\"}]}").toString();
	}

	private static String title(int number, ZipfVocabulary words, SplittableRandom random) {
		String title = sentence(words, 2 + random.nextInt(6), random);
		String rare = (number % RARE_WORD_INTERVAL == 0) ? " " + RARE_WORD : "";
		return title + rare + ((number % TECHNICAL_WORD_INTERVAL == 0) ? " with " + TECHNICAL_WORD : "");
	}

	private static String sentence(ZipfVocabulary words, int length, SplittableRandom random) {
		return capitalize(
				Stream.generate(() -> words.sampleByFrequency(random)).limit(length).collect(Collectors.joining(" ")));
	}

	private static String name(SplittableRandom random) {
		return capitalize(NAMES.sampleUniformly(random)) + " " + capitalize(NAMES.sampleUniformly(random));
	}

	private static String capitalize(String word) {
		return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
	}

	private static String list(int length, Supplier<String> item) {
		return Stream.generate(item).limit(length).distinct().collect(Collectors.joining("\",\"", "[\"", "\"]"));
	}

	/** Return an ISBN with a correct check digit. */
	private static String isbn(int number) {
		String digits = "978%09d".formatted(number);
		int sum = 0;
		for (int at = 0; at < digits.length(); at++) {
			sum += (digits.charAt(at) - '0') * ((at % 2 == 0) ? 1 : 3);
		}
		return digits + (10 - sum % 10) % 10;
	}

}
