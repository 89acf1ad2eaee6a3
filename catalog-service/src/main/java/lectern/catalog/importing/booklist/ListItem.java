package lectern.catalog.importing.booklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The data of one list item.
 *
 * @param line the 1-based line number
 * @param title plain text, never blank
 * @param links never empty; the link of the title is the first
 * @param contributors in their order in the line; may be empty
 * @param topics the headings above the item, outermost first
 * @param licence as named by the line, several joined by a comma
 * @param notes text that fits no other member, in the language of the list
 * @param edition as named by the line; absent if it names none
 * @param accessKind how much of the book the link of the title gives
 * @param archived the link of the title leads to an archived copy
 * @param dead the list says that the link no longer works
 * @param inProgress the book is not finished
 * @param signUp whether an email address or an account is required
 * @param condition the text about the sign-up, in the language of the list
 * @param year the year of publication
 * @param editionOf the item above of which this item is another edition; absent for most
 */
public record ListItem(int line, String title, List<ItemLink> links, List<Contributor> contributors,
		List<String> topics, @Nullable String licence, List<String> notes, @Nullable String edition,
		AccessKind accessKind, boolean archived, boolean dead, boolean inProgress, SignUpRequirement signUp,
		@Nullable String condition, @Nullable Integer year, @Nullable ListItem editionOf) implements ParsedLine {

	public ListItem {
		links = List.copyOf(links);
		contributors = List.copyOf(contributors);
		topics = List.copyOf(topics);
		notes = List.copyOf(notes);
	}

	/**
	 * Return the formats of the link of the title; the other links have their own.
	 */
	public Set<String> formats() {
		return this.links.getFirst().formats();
	}

	public List<String> authors() {
		return names(Contributor.Role.AUTHOR);
	}

	private List<String> names(Contributor.Role role) {
		return this.contributors.stream()
			.filter((contributor) -> contributor.role() == role)
			.map(Contributor::name)
			.toList();
	}

	/**
	 * Return a label that distinguishes this edition: its name and its contributors other
	 * than the authors; null if the line has neither.
	 */
	public @Nullable String editionLabel() {
		List<String> words = new ArrayList<>();
		if (this.edition != null) {
			words.add(this.edition);
		}
		addPhrase(words, "translated by ", Contributor.Role.TRANSLATOR);
		addPhrase(words, "edited by ", Contributor.Role.EDITOR);
		addPhrase(words, "published by ", Contributor.Role.PUBLISHER);
		addPhrase(words, "with ", Contributor.Role.CONTRIBUTOR);
		return words.isEmpty() ? null : String.join("; ", words);
	}

	private void addPhrase(List<String> words, String prefix, Contributor.Role role) {
		List<String> names = names(role);
		if (!names.isEmpty()) {
			words.add(prefix + String.join(", ", names));
		}
	}

	/** Whether both items have the same work as title and an author in common. */
	boolean isEditionOf(ListItem other) {
		List<String> authors = authors();
		boolean sameAuthor = authors.isEmpty() || other.authors().isEmpty()
				|| authors.stream().anyMatch(other.authors()::contains);
		return sameAuthor && EditionTitle.of(this.title).work().equalsIgnoreCase(EditionTitle.of(other.title).work());
	}

	ListItem asEditionOf(ListItem other) {
		return new ListItem(this.line, this.title, this.links, this.contributors, this.topics, this.licence, this.notes,
				(this.edition != null) ? this.edition : this.title, this.accessKind, this.archived, this.dead,
				this.inProgress, this.signUp, this.condition, this.year, other);
	}

}
