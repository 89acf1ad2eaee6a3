package lectern.catalog.importing.markdown;

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
 * @param archived the original is gone and the link leads to a copy of it
 * @param inProcess still being written
 * @param registration whether the reader has to say who they are
 * @param condition the list's own words about the registration
 * @param year of publication
 */
public record ListItem(int line, String title, List<Link> links, List<Contributor> contributors, List<String> topics,
		@Nullable String licence, List<String> notes, boolean archived, boolean inProcess, Registration registration,
		@Nullable String condition, @Nullable Integer year) implements ParsedLine {

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
		return this.contributors.stream()
			.filter((contributor) -> contributor.role() == Contributor.Role.AUTHOR)
			.map(Contributor::name)
			.toList();
	}

}
