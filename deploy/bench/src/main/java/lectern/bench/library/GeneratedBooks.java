package lectern.bench.library;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Books for a large catalog. Each depends on its number alone: some have a summary, most
 * are in English, and words are as unevenly spread as they are in titles.
 */
public final class GeneratedBooks {

	/** A word in the titles of about three books in ten. */
	public static final String COMMON = "programming";

	/** A word in the titles of one book in two thousand. */
	public static final String RARE = "zymurgy";

	/** A word in the titles of one book in two hundred. */
	public static final String TECHNICAL = "asyncio";

	/** A word with an accent, in the titles of French books alone. */
	public static final String ACCENTED = "poésie";

	/** The topic of about three books in a hundred. */
	public static final String TOPIC = "databases";

	private static final int EVERY_RARE = 2_000;

	private static final int EVERY_TECHNICAL = 200;

	private static final List<String> LANGUAGES = List.of("en", "en", "en", "en", "en", "en", "fr", "de", "es", "it");

	private static final Vocabulary WORDS = Vocabulary.of(List.of(COMMON, "introduction", "data", "guide", "learning",
			"systems", "python", "design", "modern", "software", "web", "algorithms", "asynchronous"), 30_000, 1);

	private static final Vocabulary FRENCH = Vocabulary.of(List.of("programmation", ACCENTED, "données", "théorie"),
			5_000, 2);

	private static final Vocabulary TOPICS = Vocabulary.of(List.of("python", "java", "web", "mathematics", "security",
			"design", "networks", "linux", "statistics", TOPIC), 500, 3);

	private static final Vocabulary NAMES = Vocabulary.of(List.of(), 6_000, 4);

	private GeneratedBooks() {
	}

	/** The id of a book. */
	public static String id(int number) {
		// Not in the order of their numbers, as ids of titles are not either.
		return "%s-%06d".formatted(NAMES.any(new SplittableRandom(number)), number);
	}

	/**
	 * The document of a book, as a curator would send it, with all the lists that a book
	 * has.
	 */
	public static String document(int number) {
		SplittableRandom random = new SplittableRandom(31L * number);
		String language = LANGUAGES.get(random.nextInt(LANGUAGES.size()));
		Vocabulary words = language.equals("fr") ? FRENCH : WORDS;
		StringBuilder json = new StringBuilder(1024);
		json.append("{\"title\":\"").append(title(number, words, random)).append("\",\"otherTitles\":[],\"authors\":");
		json.append(list(1 + random.nextInt(2), () -> name(random)));
		json.append(",\"topics\":").append(list(1 + random.nextInt(3), () -> capital(TOPICS.word(random))));
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

	private static String title(int number, Vocabulary words, SplittableRandom random) {
		String title = sentence(words, 2 + random.nextInt(6), random);
		String rare = (number % EVERY_RARE == 0) ? " " + RARE : "";
		return title + rare + ((number % EVERY_TECHNICAL == 0) ? " with " + TECHNICAL : "");
	}

	private static String sentence(Vocabulary words, int length, SplittableRandom random) {
		return capital(Stream.generate(() -> words.word(random)).limit(length).collect(Collectors.joining(" ")));
	}

	private static String name(SplittableRandom random) {
		return capital(NAMES.any(random)) + " " + capital(NAMES.any(random));
	}

	private static String capital(String word) {
		return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
	}

	private static String list(int length, Supplier<String> item) {
		return Stream.generate(item).limit(length).distinct().collect(Collectors.joining("\",\"", "[\"", "\"]"));
	}

	/** Its check digit is right. */
	private static String isbn(int number) {
		String digits = "978%09d".formatted(number);
		int sum = 0;
		for (int at = 0; at < digits.length(); at++) {
			sum += (digits.charAt(at) - '0') * ((at % 2 == 0) ? 1 : 3);
		}
		return digits + (10 - sum % 10) % 10;
	}

}
