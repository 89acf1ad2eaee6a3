package lectern.catalog.importing;

/** A line that the account of an import mentions. */
sealed interface CountedLine permits ListedBook, BookDocument, PathDocument, Refusal {

	/** Its 1-based number. */
	int line();

	/** How much there is to write of it, in characters. */
	int size();

}
