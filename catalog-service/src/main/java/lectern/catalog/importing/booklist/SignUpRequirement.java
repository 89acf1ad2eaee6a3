package lectern.catalog.importing.booklist;

/**
 * Whether a book requires an email address or an account.
 */
public enum SignUpRequirement {

	/** The line does not mention it. */
	NONE,

	/** An address or account is asked for, but not required. */
	REQUESTED,

	/** The book cannot be read without it. */
	REQUIRED

}
