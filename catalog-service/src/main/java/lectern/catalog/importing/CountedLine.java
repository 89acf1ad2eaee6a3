package lectern.catalog.importing;

/** A line that the account of an import mentions. */
sealed interface CountedLine permits ListedBook, Refusal {

	/** Its 1-based number. */
	int line();

}
