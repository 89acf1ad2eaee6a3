package lectern.progress.catalogreplica;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An edition as the catalog describes it, which gives it no id.
 *
 * @param isbn in its normalized form; null if unknown
 * @param details the label, the year, the language and the format, as far as they are
 * known
 * @param label null if unknown
 * @param pages at least 1; null if unknown
 */
record CatalogEdition(@Nullable String isbn, List<String> details, @Nullable String label, @Nullable Integer pages) {

	CatalogEdition {
		details = List.copyOf(details);
	}

	/** Return null for an edition that nothing is known of by which it could be named. */
	static @Nullable CatalogEdition parse(JsonNode edition) {
		String isbn = text(edition.path("isbn"));
		String label = text(edition.path("label"));
		JsonNode year = edition.path("year");
		List<String> details = new ArrayList<>();
		addIfKnown(label, details);
		addIfKnown(year.isInt() ? Integer.toString(year.intValue()) : null, details);
		addIfKnown(text(edition.path("language")), details);
		addIfKnown(text(edition.path("format")), details);
		JsonNode pages = edition.path("pages");
		return (isbn == null && details.isEmpty()) ? null
				: new CatalogEdition((isbn != null) ? Isbn.normalize(isbn) : null, details, label,
						(pages.isInt() && pages.intValue() > 0) ? pages.intValue() : null);
	}

	private static void addIfKnown(@Nullable String detail, List<String> details) {
		if (detail != null) {
			details.add(detail);
		}
	}

	private static @Nullable String text(JsonNode node) {
		String text = node.isString() ? node.stringValue().strip() : "";
		boolean displayable = !text.isEmpty() && text.codePoints()
			.noneMatch((point) -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
		return displayable ? text : null;
	}

	/**
	 * The name of the edition. It depends on nothing but this edition, so that it stays
	 * the same when the book gets another one; the number of pages is not part of it,
	 * because it is often added later.
	 */
	String name() {
		return (this.isbn != null) ? this.isbn : joinedDetails();
	}

	/** The name, and what a person recognizes an ISBN by. */
	String description() {
		return (this.isbn != null && !this.details.isEmpty()) ? this.isbn + " (" + joinedDetails() + ")" : name();
	}

	private String joinedDetails() {
		return String.join(", ", this.details);
	}

	/** The form in which names are compared. */
	static String toKey(String name) {
		return name.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
	}

}
