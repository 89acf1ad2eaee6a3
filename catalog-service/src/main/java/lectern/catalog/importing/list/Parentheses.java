package lectern.catalog.importing.list;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in one pair of parentheses: {@code (PDF, EPUB, email requested, not
 * required)} has two formats and one remark.
 */
final class Parentheses {

	private static final Pattern SEPARATOR = Pattern
		.compile("\\s?[,،、;]\\s?|\\s[-–+&]\\s|\\s?/\\s?|\\s(?:and|or|und|oder|y|et|e)\\s");

	private static final String ANCHOR = String.valueOf(Inline.ANCHOR);

	private Parentheses() {
	}

	/**
	 * Splits into formats, licences and links, each alone, and remarks. Unknown
	 * neighbours stay one remark, with the comma between them; so does all of a condition
	 * that only mentions formats.
	 */
	static List<String> members(String inside) {
		List<String> members = new ArrayList<>();
		Matcher separator = SEPARATOR.matcher(inside);
		int from = 0;
		int remark = -1;
		int remarkEnd = 0;
		boolean more = true;
		while (more) {
			more = separator.find();
			int to = more ? separator.start() : inside.length();
			String part = inside.substring(from, to).strip();
			if (isKnown(part)) {
				if (remark >= 0) {
					members.add(inside.substring(remark, remarkEnd));
					remark = -1;
				}
				members.add(part);
			}
			else if (!part.isEmpty()) {
				if (from == 0 && isCondition(inside)) {
					return List.of(inside);
				}
				remark = (remark < 0) ? from : remark;
				remarkEnd = to;
			}
			from = more ? separator.end() : to;
		}
		if (remark >= 0) {
			members.add(inside.substring(remark, remarkEnd));
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
	 * Tells whether they belong to the name around them: "Yuxi (Hayden) Liu" and
	 * "機構(IPA)", unlike "Ada Byron (PDF)".
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
		ItemAnnotation remark = ItemAnnotation.of(inside);
		return inside.indexOf(Inline.ANCHOR) < 0 && members(inside).stream().noneMatch(Parentheses::isKnown)
				&& PublicationYear.findIn(inside) == null && !remark.archived() && !remark.dead()
				&& !remark.inProgress() && remark.signUp() == SignUpRequirement.NONE;
	}

}
