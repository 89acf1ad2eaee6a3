package lectern.catalog.change;

/** A committed change of the catalog. The names of its types are stored and shown. */
public sealed interface CatalogChange {

	/** The type's name, which is part of the contract with all who read the log. */
	default String type() {
		return switch (this) {
			case BookAdded _ -> "book-added";
			case BookChanged _ -> "book-changed";
			case BookRemoved _ -> "book-removed";
			case PathAdded _ -> "path-added";
			case PathChanged _ -> "path-changed";
			case PathRemoved _ -> "path-removed";
		};
	}

	/** The id of the book or path. */
	String subject();

	/** Which version this change made; 1 for the first. */
	long version();

	/**
	 * The whole document as a GET shows it, or what is left of one that was removed: JSON
	 * on one line.
	 */
	String data();

	/** The change that a stored row stands for. */
	static CatalogChange of(String type, String subject, long version, String data) {
		return switch (type) {
			case "book-added" -> new BookAdded(subject, version, data);
			case "book-changed" -> new BookChanged(subject, version, data);
			case "book-removed" -> new BookRemoved(subject, version, data);
			case "path-added" -> new PathAdded(subject, version, data);
			case "path-changed" -> new PathChanged(subject, version, data);
			case "path-removed" -> new PathRemoved(subject, version, data);
			default -> throw new IllegalStateException("The log has a change of an unknown type: " + type);
		};
	}

	/** A book is new in the catalog. */
	record BookAdded(String subject, long version, String data) implements CatalogChange {
	}

	/** A book's document is another one now. */
	record BookChanged(String subject, long version, String data) implements CatalogChange {
	}

	/** A book is no longer in the catalog. */
	record BookRemoved(String subject, long version, String data) implements CatalogChange {
	}

	/** A path is new in the catalog. */
	record PathAdded(String subject, long version, String data) implements CatalogChange {
	}

	/** A path's document is another one now. */
	record PathChanged(String subject, long version, String data) implements CatalogChange {
	}

	/** A path is no longer in the catalog. */
	record PathRemoved(String subject, long version, String data) implements CatalogChange {
	}

}
