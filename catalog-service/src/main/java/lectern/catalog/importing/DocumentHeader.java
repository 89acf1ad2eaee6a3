package lectern.catalog.importing;

/**
 * What a line says that it holds.
 *
 * @param id not looked at yet
 */
record DocumentHeader(HeaderType type, String id) {

	/** The kinds of documents, in the order in which an import needs them. */
	enum HeaderType {

		BOOK, PATH

	}

}
