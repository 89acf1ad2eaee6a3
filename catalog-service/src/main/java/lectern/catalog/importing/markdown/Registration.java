package lectern.catalog.importing.markdown;

/**
 * Whether a reader has to give an email address or have an account.
 */
public enum Registration {

	/** The line says nothing of it. */
	NONE,

	/** Asked for; the line does not say that one cannot go without. */
	REQUESTED,

	/** There is no reading without it. */
	REQUIRED

}
