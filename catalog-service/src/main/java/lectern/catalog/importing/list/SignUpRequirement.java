package lectern.catalog.importing.list;

/**
 * Whether a reader has to give an email address or have an account.
 */
public enum SignUpRequirement {

	/** The line says nothing of it. */
	NONE,

	/** Asked for; the line does not say that one cannot go without. */
	REQUESTED,

	/** There is no reading without it. */
	REQUIRED

}
