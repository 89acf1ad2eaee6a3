package lectern.catalog.importing.booklist;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A title, split into the work and its edition.
 *
 * @param work the title without edition, version and final parentheses
 * @param edition as the title names it, for example "2nd Edition" or "Release 3.1";
 * absent if the title names none
 */
record EditionTitle(String work, @Nullable String edition) {

	private static final String WORD = "(?:edition|ed\\.|edici[oó]n|edi[cç][aã]o|[ée]dition|edizione|auflage|ausgabe"
			+ "|издание|изд\\.|видання|wydanie|vydání|vydanie|kiadás|baskı|uitgave|edisi|upplagan?|utgåva|painos"
			+ "|udgave|utgave|έκδοση)";

	private static final String ORDINAL = "(?:[0-9]{1,2}(?:-?\\p{L}{1,4})?[.ªº°]?|first|second|third|fourth|fifth|sixth"
			+ "|seventh|eighth|ninth|tenth|interactive|revised|updated|international|primera?|segund[ao]|tercera?"
			+ "|cuarta|première|deuxième|troisième|seconde?|erste|zweite|dritte|prima|seconda|terza|primeira|terceira)";

	/** Chinese, Japanese and Korean need no space around the edition. */
	private static final String OTHER = "第\\s?[0-9一二三四五六七八九十]{1,3}\\s?版|改訂(?:第[0-9]版|版)|修订版|修訂版|제?\\s?[0-9]{1,2}\\s?판|개정판";

	private static final Pattern EDITION = Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + ORDINAL + "(?:\\s" + ORDINAL
			+ ")?\\s" + WORD + "|" + WORD + "\\s" + ORDINAL + ")(?![\\p{L}\\p{N}])|" + OTHER,
			Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

	/** At the end of a title. A number alone may belong to the subject: "Python 3". */
	private static final Pattern VERSION = Pattern.compile(
			"(?<=[\\s,(])(?:V|Release|Version|Rev\\.|v\\.?)\\s?[0-9]+(?:\\.[0-9]+)*+(?=\\)?$)",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern END = Pattern
		.compile("(?:\\s*[(（\\[［][^()（）\\[\\]［］]*+[)）\\]］]|\\s+[0-9]+(?:\\.[0-9]+)*+|[\\s,:;–—-]+)$");

	static EditionTitle of(String title) {
		Matcher edition = EDITION.matcher(title);
		Matcher named = edition.find() ? edition : VERSION.matcher(title);
		if (named != edition && !named.find()) {
			return new EditionTitle(work(title), null);
		}
		String without = title.substring(0, named.start()).stripTrailing() + title.substring(named.end());
		return new EditionTitle(work(without), named.group());
	}

	/** Whether an annotation names an edition and nothing else. */
	static boolean isEdition(String annotation) {
		return EDITION.matcher(annotation).matches();
	}

	private static String work(String title) {
		String work = title;
		Matcher end = END.matcher(work);
		while (end.find() && end.start() > 0) {
			work = work.substring(0, end.start());
			end = END.matcher(work);
		}
		return work;
	}

}
