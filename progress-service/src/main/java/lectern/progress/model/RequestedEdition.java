package lectern.progress.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An edition that a command names.
 *
 * @param text the text that names it
 * @param edition the edition of the book that the text names; null if it has none
 * @param available what the editions of the book are called, for a message
 */
public record RequestedEdition(String text, @Nullable BookEdition edition, List<String> available) {

	public RequestedEdition {
		available = List.copyOf(available);
	}

	/** The edition that a reading names already. */
	public static RequestedEdition of(BookEdition current) {
		return new RequestedEdition(current.name(), current, List.of());
	}

	/**
	 * Whether this is the edition that a reading names already, also if the catalog has
	 * lost it since.
	 */
	boolean isNamed(@Nullable BookEdition current) {
		return current != null && current.name().equals((this.edition != null) ? this.edition.name() : this.text);
	}

}
