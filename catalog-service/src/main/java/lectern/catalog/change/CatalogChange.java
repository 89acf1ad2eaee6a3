package lectern.catalog.change;

/** A committed change of the catalog, which is an event of its stream. */
public sealed interface CatalogChange {

	/**
	 * The name of the type, as it is stored and streamed; a contract with all clients.
	 */
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

	/** The version of the document after this change; 1 for a new document. */
	long version();

	/**
	 * The document as a GET returns it, or the {@link Tombstone} of a removed one, as
	 * JSON on one line.
	 */
	String data();

	/**
	 * The change of a stored row.
	 * @throws IllegalStateException if the type is unknown
	 */
	static CatalogChange of(String type, String subject, long version, String data) {
		return switch (type) {
			case "book-added" -> new BookAdded(subject, version, data);
			case "book-changed" -> new BookChanged(subject, version, data);
			case "book-removed" -> new BookRemoved(subject, version, data);
			case "path-added" -> new PathAdded(subject, version, data);
			case "path-changed" -> new PathChanged(subject, version, data);
			case "path-removed" -> new PathRemoved(subject, version, data);
			default -> throw new IllegalStateException("The change log contains a change of unknown type " + type);
		};
	}

	/** A book was added. */
	record BookAdded(String subject, long version, String data) implements CatalogChange {
	}

	/** The document of a book was changed. */
	record BookChanged(String subject, long version, String data) implements CatalogChange {
	}

	/** A book was removed. */
	record BookRemoved(String subject, long version, String data) implements CatalogChange {
	}

	/** A learning path was added. */
	record PathAdded(String subject, long version, String data) implements CatalogChange {
	}

	/** The document of a learning path was changed. */
	record PathChanged(String subject, long version, String data) implements CatalogChange {
	}

	/** A learning path was removed. */
	record PathRemoved(String subject, long version, String data) implements CatalogChange {
	}

}
