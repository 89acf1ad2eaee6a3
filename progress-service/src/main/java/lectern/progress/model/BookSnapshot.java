package lectern.progress.model;

import java.util.List;

/**
 * A book as a reading remembers it, whatever becomes of it in the catalog.
 *
 * @param id its slug in the catalog
 * @param title the title at the time
 * @param authors their names, in the book's own order; may be empty
 */
public record BookSnapshot(String id, String title, List<String> authors) {

	public BookSnapshot {
		authors = List.copyOf(authors);
	}

}
