package lectern.catalog.importing.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One item of a list, as far as its line tells.
 *
 * @param line 1-based number of the line
 * @param title plain text, never blank
 * @param links where to read it, the title's own link first, never empty
 * @param contributors in the order named; empty when nobody is
 * @param topics section and subsections, outermost first
 * @param licence as the line says, several joined by a comma
 * @param notes what is said in words that have no place of their own, in the list's
 * language
 * @param edition what the line calls this edition; absent if it does not say
 * @param accessKind how much of it the title's link gives
 * @param archived the original is gone and the link leads to a copy of it
 * @param dead the list itself says that the link leads nowhere any more
 * @param inProgress still being written
 * @param signUp whether the reader has to say who they are
 * @param condition the list's own words about the registration
 * @param year of publication
 * @param editionOf the item that this is another edition of; absent for most
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
	 * Returns the formats of the title's own link, other links have their own.
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
	 * Returns what tells this edition from others, in words: what it is called, and who
	 * besides its authors made it; nothing if the line tells none of it.
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

	private void addPhrase(List<String> words, String did, Contributor.Role role) {
		List<String> names = names(role);
		if (!names.isEmpty()) {
			words.add(did + String.join(", ", names));
		}
	}

	/** Tells whether it has the title of another, editions apart, and an author of it. */
	boolean isEditionOf(ListItem other) {
		List<String> authors = authors();
		boolean ofOne = authors.isEmpty() || other.authors().isEmpty()
				|| authors.stream().anyMatch(other.authors()::contains);
		return ofOne && EditionTitle.of(this.title).work().equalsIgnoreCase(EditionTitle.of(other.title).work());
	}

	ListItem asEditionOf(ListItem other) {
		return new ListItem(this.line, this.title, this.links, this.contributors, this.topics, this.licence, this.notes,
				(this.edition != null) ? this.edition : this.title, this.accessKind, this.archived, this.dead,
				this.inProgress, this.signUp, this.condition, this.year, other);
	}

}
