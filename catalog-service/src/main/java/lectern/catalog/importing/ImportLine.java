package lectern.catalog.importing;

/** A line that counts in the report of an import. */
sealed interface ImportLine permits ListedBook, BookDocumentLine, PathDocumentLine, RefusedLine {

	/** The 1-based line number. */
	int line();

	/** The approximate amount of data to write, in characters. */
	int size();

}
