package lectern.progress.model;

import java.util.List;

/**
 * A book as it was when a reading was started. It does not follow changes in the catalog.
 *
 * @param id the slug in the catalog
 * @param title the title at that time
 * @param authors the names of the authors in the order of the book; may be empty
 */
public record BookSnapshot(String id, String title, List<String> authors) {

	public BookSnapshot {
		authors = List.copyOf(authors);
	}

}
