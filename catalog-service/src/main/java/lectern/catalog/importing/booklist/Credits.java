package lectern.catalog.importing.booklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Parses the names of the contributors, which stand between the link and the parentheses:
 * {@code - Ada Byron, Luigi Menabrea, trl.: Ada Byron @ Taylor, et al.}
 */
final class Credits {

	private static final Pattern LEADING = Pattern
		.compile("^[\\s\\-–—―−:,،、.]+(?=[\\s@\\p{L}\\p{N}])|^[\\s\\-–—―−:,،、.]+$");

	private static final Pattern DASH = Pattern.compile("\\s[-–—]\\s|\\s[-–—]$");

	private static final Pattern COMMA = Pattern.compile("[,،、，;；]|\\s/\\s");

	/** A role code before a name, or the word that lists in other scripts use. */
	private static final Pattern ROLE = Pattern.compile(
			"(?<![\\p{L}\\p{N}@])(?:(trl|edt|ctb|dsr|ill|aut|red|adp)\\.?\\s?:|([a-z]{3})\\.:|(ترجمة|перевод|переклад|[Çç]eviren|[Çç]eviri):?(?=\\s))");

	private static final Pattern TRANSLATED_BY = Pattern.compile("\\s?[(（](?:翻译|译|翻譯|譯|訳|翻訳|監訳|번역|перевод)[)）]$");

	/** Words for "translated by", in lists that do not use the role code. */
	private static final Pattern TRANSLATION = Pattern
		.compile("^(?:übersetzung(?: durch| von)?|übersetzt von|traduit par|traduction(?: de| par)?|traducción(?: de)?"
				+ "|traducido por|tradução(?: de| por)?|traduzido por|traduzione(?: di)?|tradotto da|translat(?:ed|ion) by"
				+ "|tłumaczenie|přeložil|fordította|vertaald door):?\\s",
				Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

	/** For example "Responsible: Ada Byron". */
	private static final Pattern RESPONSIBILITY = Pattern.compile("^[\\p{L} ]{3,40}: (?=\\p{Lu})");

	/** Splits full names only, because names of companies contain conjunctions. */
	private static final Pattern CONJUNCTION = Pattern
		.compile("\\s(?:and|&|und|et|y|e|a|i|og|och|dan|và|și|и|і|та|ve|และ)\\s");

	/** Hebrew and Arabic write the conjunction as the first letter of the next name. */
	private static final Pattern ATTACHED_CONJUNCTION = Pattern.compile(
			"(?<=[\\p{IsHebrew}\\p{IsArabic}]\\s[\\p{IsHebrew}\\p{IsArabic}]{2,20})\\s[וو](?!(?:ليد|ائل|سيم|سام|جدي|فاء|هيب|اصف|יקטור|לרי|רד)\\s)(?=[\\p{IsHebrew}\\p{IsArabic}]{2,}\\s[\\p{IsHebrew}\\p{IsArabic}]{2,})");

	private static final Pattern LEADING_CONJUNCTION = Pattern.compile("^(?:and|&)\\s+");

	private static final Pattern ET_AL = Pattern.compile(
			"(?:^|\\s)(?:et\\.? al\\.?|and others|y otros|e outros|и др\\.?|та ін\\.?|u\\. ?a\\.|i inni|ve diğerleri"
					+ "|他|ほか|等|外(?: ?\\d+명)?|외(?: ?\\d+명)?)$");

	private static final Set<String> COLLECTIVE_NAMES = Set.of("friends", "team", "others", "колектив");

	private static final Set<String> SUFFIXES = Set.of("Jr", "Jr.", "Sr.", "II", "III", "PhD", "Ph.D.", "Ph.D", "M.D.",
			"MD", "Inc", "Inc.", "Ltd", "Ltd.", "LLC");

	private static final Pattern SOURCE = Pattern.compile("(?:Compiled from|Based on) ");

	/** Lower-case words that occur in names. */
	private static final Set<String> PARTICLES = Set.of("de", "del", "la", "las", "los", "da", "das", "do", "dos", "di",
			"van", "von", "der", "den", "ter", "bin", "ibn", "al", "el", "le", "y", "e", "i", "and");

	/** Three words or more and a full stop: not a name. */
	private static final Pattern LOWERCASE_PHRASE = Pattern.compile("\\p{Ll}\\S*(?:\\s\\S+){2,}\\.");

	private static final int MIN_SENTENCE_WORDS = 5;

	final List<Contributor> contributors = new ArrayList<>();

	final List<String> notes = new ArrayList<>();

	@Nullable Integer year;

	private Contributor.Role role = Contributor.Role.AUTHOR;

	static Credits read(String text) {
		Credits credits = new Credits();
		String names = LEADING.matcher(TextSanitizer.clean(text)).replaceFirst("").strip();
		if (names.endsWith(".") && (isSentence(names) || LOWERCASE_PHRASE.matcher(names).matches())) {
			credits.notes.add(names);
			return credits;
		}
		String[] parts = DASH.split(names);
		credits.parseNames(parts[0]);
		for (int i = 1; i < parts.length; i++) {
			credits.parseAfterDash(parts[i].strip());
		}
		return credits;
	}

	/**
	 * Whether an annotation names a contributor, for example "(trl.: Ada Byron)".
	 */
	static boolean isCredit(String annotation) {
		return ROLE.matcher(annotation).lookingAt();
	}

	/** After a second dash there are translators or notes, but no more authors. */
	private void parseAfterDash(String part) {
		if (ROLE.matcher(part).lookingAt()) {
			parseNames(part);
		}
		else {
			for (String note : part.split(";")) {
				addNote(note.strip());
			}
		}
	}

	private void parseNames(String text) {
		for (String piece : COMMA.split(ROLE.matcher(text).replaceAll(", $0").replace(" @ ", ", @ "))) {
			String name = LEADING_CONJUNCTION.matcher(piece.strip()).replaceFirst("");
			Matcher marked = ROLE.matcher(name);
			if (marked.lookingAt()) {
				this.role = role(marked);
				name = name.substring(marked.end()).strip();
			}
			else if (name.startsWith("@ ")) {
				this.role = Contributor.Role.PUBLISHER;
				name = name.substring(2);
			}
			for (String one : ATTACHED_CONJUNCTION.split(name)) {
				splitNames(one);
			}
		}
	}

	private static Contributor.Role role(Matcher marked) {
		if (marked.group(3) != null) {
			return Contributor.Role.TRANSLATOR;
		}
		return Contributor.Role.ofCode((marked.group(1) != null) ? marked.group(1) : marked.group(2));
	}

	private void splitNames(String names) {
		if (isSentence(names)) {
			addNote(names);
			return;
		}
		Matcher and = CONJUNCTION.matcher(names);
		int from = 0;
		while (and.find(from)) {
			String left = names.substring(0, and.start()).strip();
			String right = names.substring(and.end()).strip();
			if (COLLECTIVE_NAMES.contains(right.toLowerCase(Locale.ROOT))) {
				splitNames(left);
				return;
			}
			if ((isFullName(left) && isFullName(right)) || (isSurname(left) && isSurname(right))) {
				addName(left);
				splitNames(right);
				return;
			}
			from = and.end() - 1;
		}
		addName(names);
	}

	private static boolean isFullName(String name) {
		return name.indexOf(' ') > 0 && !name.contains(" of ") && !name.contains(" for ");
	}

	private static boolean isSurname(String name) {
		return name.length() > 2 && Character.isUpperCase(name.charAt(0))
				&& name.chars().skip(1).allMatch(Character::isLowerCase);
	}

	private void addName(String text) {
		String name = text;
		Matcher more = ET_AL.matcher(name);
		if (more.find()) {
			name = name.substring(0, more.start());
		}
		name = TextSanitizer.stripStrayEmphasis(name);
		name = name.regionMatches(true, 0, "by ", 0, 3) ? name.substring(3).strip() : name;
		if (name.chars().noneMatch(Character::isLetterOrDigit)) {
			return;
		}
		if (SUFFIXES.contains(name) && !this.contributors.isEmpty()) {
			Contributor last = this.contributors.removeLast();
			this.contributors.add(new Contributor(last.name() + ", " + name, last.role()));
		}
		else if (PublicationYear.findIn(name) != null || SOURCE.matcher(name).lookingAt()) {
			addNote(name);
		}
		else {
			this.contributors.add(contributor(name));
		}
	}

	private Contributor contributor(String name) {
		Matcher translated = TRANSLATED_BY.matcher(name);
		if (translated.find()) {
			return new Contributor(name.substring(0, translated.start()), Contributor.Role.TRANSLATOR);
		}
		Matcher translation = TRANSLATION.matcher(name);
		if (translation.find()) {
			return new Contributor(name.substring(translation.end()), Contributor.Role.TRANSLATOR);
		}
		return new Contributor(RESPONSIBILITY.matcher(name).replaceFirst(""), this.role);
	}

	private void addNote(String text) {
		Integer found = PublicationYear.findIn(text);
		this.year = (found != null) ? found : this.year;
		if (found == null || !text.equals(found.toString())) {
			this.notes.add(text);
		}
	}

	/**
	 * A heuristic: at least half of the words of a sentence begin with a lower-case
	 * letter, or its first word does; a name has few such words, and not at its start.
	 */
	private static boolean isSentence(String text) {
		String[] words = text.split("\\s");
		long lowerCase = 0;
		for (String word : words) {
			lowerCase += (!word.isEmpty() && Character.isLowerCase(word.charAt(0)) && !PARTICLES.contains(word)) ? 1
					: 0;
		}
		return words.length >= MIN_SENTENCE_WORDS
				&& (lowerCase * 2 >= words.length || Character.isLowerCase(text.charAt(0)));
	}

}
