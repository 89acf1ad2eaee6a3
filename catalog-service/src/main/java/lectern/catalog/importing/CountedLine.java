package lectern.catalog.importing;

/** A line that the account of an import mentions. */
sealed interface CountedLine permits ListedBook, ParsedLine.Refused {

	/** Its 1-based number. */
	int line();

}
