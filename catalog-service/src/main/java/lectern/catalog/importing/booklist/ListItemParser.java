package lectern.catalog.importing.booklist;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Parses one item: contributors outside of parentheses, everything else inside. Used
 * once.
 */
final class ListItemParser {

	private static final Pattern WRAPPED = Pattern.compile("^\\s*\\((.*)\\)\\s*$");

	/** Two authors in parentheses; applies only if no other contributor is named. */
	private static final Pattern PAIR = Pattern.compile(
			"\\p{Lu}\\p{Ll}+(?: \\p{Lu}[\\p{L}.]*)* \\p{Lu}\\p{Ll}+ and \\p{Lu}\\p{Ll}+(?: \\p{Lu}[\\p{L}.]*)* \\p{Lu}\\p{Ll}+");

	private final Inline inline;

	private int nextAnchor = 1;

	private final StringBuilder credits = new StringBuilder();

	private final Set<String> formats = new LinkedHashSet<>();

	private final Set<String> licences = new LinkedHashSet<>();

	private final List<ItemLink> links = new ArrayList<>();

	private final List<String> notes = new ArrayList<>();

	private boolean archived;

	private boolean dead;

	private @Nullable String edition;

	private AccessKind accessKind = AccessKind.FULL;

	private boolean inProgress;

	private SignUpRequirement signUp = SignUpRequirement.NONE;

	private @Nullable String condition;

	private @Nullable Integer year;

	ListItemParser(Inline inline) {
		this.inline = inline;
	}

	/**
	 * Parse the text around the link of the title.
	 * @param url the valid URL of this link
	 */
	ListItem parse(int line, String url, List<String> topics) {
		String title = this.inline.anchors().getFirst().label();
		int anchor = this.inline.text().indexOf(Inline.ANCHOR);
		addNote(this.inline.text().substring(0, anchor));
		parseTail(this.inline.text().substring(anchor + 1));
		Credits credits = Credits.read(this.credits.toString());
		credits.notes.forEach(this::addNote);
		Integer titleYear = PublicationYear.findInTitle(title);
		ItemLink main = new ItemLink(url, null, this.formats);
		// "archived" refers to another link if that one leads to an archive.
		boolean otherIsArchived = this.links.stream().anyMatch(ItemLink::isArchived);
		this.links.addFirst(main);
		return new ListItem(line, title, this.links, credits.contributors, topics,
				this.licences.isEmpty() ? null : String.join(", ", this.licences), this.notes,
				(this.edition != null) ? this.edition : EditionTitle.of(title).edition(), this.accessKind,
				main.isArchived() || (this.archived && !otherIsArchived), this.dead, this.inProgress, this.signUp,
				this.condition, (titleYear != null) ? titleYear : (this.year != null) ? this.year : credits.year, null);
	}

	private void parseTail(String tail) {
		int[] partners = Brackets.partners(tail, new BitSet());
		int i = 0;
		while (i < tail.length()) {
			char c = tail.charAt(i);
			if (c == Inline.ANCHOR) {
				parseLinkOutsideParentheses();
			}
			else if ((c == '(' || c == '（' || c == '[') && partners[i] != Brackets.NONE) {
				if (Parentheses.isPartOfName(tail, i, partners[i])) {
					this.credits.append(tail, i, partners[i] + 1);
				}
				else {
					Parentheses.members(tail.substring(i + 1, partners[i])).forEach(this::addMember);
					this.credits.append("; ");
				}
				i = partners[i];
			}
			else {
				this.credits.append(c);
			}
			i++;
		}
	}

	/** The first link after the dash may be the name of the author. */
	private void parseLinkOutsideParentheses() {
		Inline.Anchor anchor = this.inline.anchors().get(this.nextAnchor);
		boolean hasCredits = hasLetterOrDigit(this.credits);
		boolean hasDash = this.credits.chars().anyMatch((c) -> c == '-' || c == '–' || c == '—');
		boolean isName = formatsOf(anchor.label()).isEmpty() && !anchor.label().startsWith("(")
				&& !anchor.label().startsWith(":");
		if (hasDash && !hasCredits && isName && this.links.isEmpty()) {
			this.nextAnchor++;
			this.credits.append(anchor.label()).append("; ");
		}
		else {
			addNextLink();
			this.credits.append("; ");
		}
	}

	private void addMember(String member) {
		String format = Formats.of(member);
		String licence = Licences.of(member);
		if (format != null) {
			this.formats.add(format);
		}
		else if (licence != null) {
			this.licences.add(licence);
		}
		else if (member.length() == 1 && member.charAt(0) == Inline.ANCHOR) {
			addNextLink();
		}
		else {
			addAnnotation(member);
		}
	}

	private void addAnnotation(String text) {
		StringBuilder words = new StringBuilder();
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) == Inline.ANCHOR) {
				words.append(this.inline.anchors().get(this.nextAnchor).label());
				addNextLink();
			}
			else {
				words.append(text.charAt(i));
			}
		}
		ItemAnnotation annotation = ItemAnnotation.of(words.toString());
		if (!hasLetterOrDigit(this.credits) && PAIR.matcher(annotation.text()).matches()) {
			this.credits.append("- ").append(annotation.text()).append("; ");
			return;
		}
		if (Credits.isCredit(annotation.text())) {
			this.credits.append("; ").append(annotation.text());
			return;
		}
		if (EditionTitle.isEdition(annotation.text())) {
			this.edition = annotation.text();
			return;
		}
		this.archived |= annotation.archived();
		this.dead |= annotation.dead();
		this.accessKind = (this.accessKind == AccessKind.FULL) ? AccessKind.of(annotation.text()) : this.accessKind;
		this.inProgress |= annotation.inProgress();
		Integer found = PublicationYear.findIn(annotation.text());
		this.year = (found != null) ? found : this.year;
		if (annotation.signUp() != SignUpRequirement.NONE) {
			this.signUp = annotation.signUp();
			this.condition = annotation.text();
		}
		else if (found == null || !annotation.text().equals(found.toString())) {
			addNote(annotation.text());
		}
	}

	private void addNote(String text) {
		String note = TextSanitizer.stripStrayEmphasis(TextSanitizer.clean(text));
		if (hasLetterOrDigit(note)) {
			this.notes.add(note);
		}
	}

	private static boolean hasLetterOrDigit(CharSequence text) {
		return text.chars().anyMatch(Character::isLetterOrDigit);
	}

	/** An invalid link is dropped, because the item has the link of its title. */
	private void addNextLink() {
		Inline.Anchor anchor = this.inline.anchors().get(this.nextAnchor++);
		String url = LinkDestination.toUrl(anchor.destination());
		if (url != null) {
			String label = ItemAnnotation.of(WRAPPED.matcher(anchor.label()).replaceFirst("$1")).text();
			Set<String> linkFormats = formatsOf(anchor.label());
			this.links.add(new ItemLink(url, (linkFormats.isEmpty() && !label.isEmpty()) ? label : null, linkFormats));
		}
	}

	private static Set<String> formatsOf(String label) {
		Set<String> formats = new LinkedHashSet<>();
		for (String part : Parentheses.members(WRAPPED.matcher(label).replaceFirst("$1"))) {
			String format = Formats.of(part.replaceFirst("\\.{3}$", ""));
			if (format != null) {
				formats.add(format);
			}
		}
		return formats;
	}

}
