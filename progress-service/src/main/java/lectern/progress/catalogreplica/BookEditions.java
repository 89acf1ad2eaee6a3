package lectern.progress.catalogreplica;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import lectern.progress.model.BookEdition;
import lectern.progress.model.RequestedEdition;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The editions of a book, and how a reading finds the one that it names (ADR 27).
 *
 * @param editions the editions that have a name, in the order of the catalog
 */
public record BookEditions(List<CatalogEdition> editions) {

	/** Of a book that has no editions, or that is not in the catalog. */
	public static final BookEditions NONE = new BookEditions(List.of());

	private static final JsonMapper MAPPER = new JsonMapper();

	/** A message lists no more. */
	private static final int MAX_LISTED = 20;

	public BookEditions {
		editions = List.copyOf(editions);
	}

	/**
	 * Parse the editions of a book. Another service wrote them, so everything is
	 * validated.
	 */
	static BookEditions parse(String json) {
		return new BookEditions(MAPPER.readTree(json)
			.valueStream()
			.flatMap((edition) -> Stream.ofNullable(CatalogEdition.parse(edition)))
			.toList());
	}

	/**
	 * Find the edition that a text names: the name of an edition, its ISBN in any
	 * notation, or its label if no other edition has the same one. Case and spaces do not
	 * matter. Of editions with the same name the first one is meant.
	 */
	public RequestedEdition find(String text) {
		String typed = CatalogEdition.toKey(text);
		CatalogEdition found = first((edition) -> CatalogEdition.toKey(edition.name()).equals(typed));
		if (found == null) {
			String isbn = Isbn.normalize(text);
			found = first((edition) -> isbn.equals(edition.isbn()));
		}
		if (found == null) {
			found = only((edition) -> edition.label() != null && CatalogEdition.toKey(edition.label()).equals(typed));
		}
		return new RequestedEdition(text, (found != null) ? new BookEdition(found.name(), found.pages()) : null,
				available());
	}

	private @Nullable CatalogEdition first(Predicate<CatalogEdition> condition) {
		return this.editions.stream().filter(condition).findFirst().orElse(null);
	}

	private @Nullable CatalogEdition only(Predicate<CatalogEdition> condition) {
		List<CatalogEdition> matching = this.editions.stream().filter(condition).toList();
		return (matching.size() == 1) ? matching.getFirst() : null;
	}

	private List<String> available() {
		return this.editions.stream().map(CatalogEdition::description).distinct().limit(MAX_LISTED).toList();
	}

}
