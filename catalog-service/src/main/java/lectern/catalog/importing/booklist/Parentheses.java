package lectern.catalog.importing.booklist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the text in one pair of parentheses: {@code (PDF, EPUB, email requested, not
 * required)} has two formats and one annotation.
 */
final class Parentheses {

	private static final Pattern SEPARATOR = Pattern
		.compile("\\s?[,،、;]\\s?|\\s[-–+&]\\s|\\s?/\\s?|\\s(?:and|or|und|oder|y|et|e)\\s");

	private static final String ANCHOR = String.valueOf(Inline.ANCHOR);

	private Parentheses() {
	}

	/**
	 * Split the text into formats, licences, links and annotations. Adjacent parts that
	 * are none of the first three form one annotation. A condition that begins with such
	 * a part is one annotation even if it mentions formats.
	 */
	static List<String> members(String inside) {
		List<String> members = new ArrayList<>();
		Matcher separator = SEPARATOR.matcher(inside);
		int from = 0;
		int annotation = -1;
		int annotationEnd = 0;
		boolean more = true;
		while (more) {
			more = separator.find();
			int to = more ? separator.start() : inside.length();
			String part = inside.substring(from, to).strip();
			if (isKnown(part)) {
				if (annotation >= 0) {
					members.add(inside.substring(annotation, annotationEnd));
					annotation = -1;
				}
				members.add(part);
			}
			else if (!part.isEmpty()) {
				if (from == 0 && isCondition(inside)) {
					return List.of(inside);
				}
				annotation = (annotation < 0) ? from : annotation;
				annotationEnd = to;
			}
			from = more ? separator.end() : to;
		}
		if (annotation >= 0) {
			members.add(inside.substring(annotation, annotationEnd));
		}
		return members;
	}

	private static boolean isKnown(String part) {
		return part.equals(ANCHOR) || Formats.of(part) != null || Licences.of(part) != null;
	}

	private static boolean isCondition(String inside) {
		return ItemAnnotation.of(inside).signUp() != SignUpRequirement.NONE;
	}

	/**
	 * Whether the parentheses are part of a name, as in "Yuxi (Hayden) Liu" and "機構(IPA)"
	 * but not in "Ada Byron (PDF)".
	 */
	static boolean isPartOfName(String text, int open, int close) {
		boolean attached = open > 0 && Character.isLetterOrDigit(text.charAt(open - 1));
		int next = close + 1;
		while (next < text.length() && TextSanitizer.isSpace(text.charAt(next))) {
			next++;
		}
		boolean followed = next > close + 1 && next < text.length() && Character.isLetter(text.charAt(next));
		return (attached || followed) && isPlain(text.substring(open + 1, close));
	}

	private static boolean isPlain(String inside) {
		ItemAnnotation annotation = ItemAnnotation.of(inside);
		return inside.indexOf(Inline.ANCHOR) < 0 && members(inside).stream().noneMatch(Parentheses::isKnown)
				&& PublicationYear.findIn(inside) == null && !annotation.archived() && !annotation.dead()
				&& !annotation.inProgress() && annotation.signUp() == SignUpRequirement.NONE;
	}

}
