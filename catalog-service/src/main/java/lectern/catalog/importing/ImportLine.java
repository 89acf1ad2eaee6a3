package lectern.catalog.importing;

/** A line that the account of an import mentions. */
sealed interface ImportLine permits ListedBook, BookDocumentLine, PathDocumentLine, RefusedLine {

	/** Its 1-based number. */
	int line();

	/** How much there is to write of it, in characters. */
	int size();

}
