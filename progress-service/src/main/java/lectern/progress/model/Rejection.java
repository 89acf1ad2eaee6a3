package lectern.progress.model;

/** A rule said no; nothing happens. */
public enum Rejection implements Decision {

	/** The catalog has no such book. */
	UNKNOWN_BOOK,

	/** The id that was brought along belongs to another reading. */
	ID_TAKEN,

	/** The reader has no such reading. */
	NO_SUCH_READING

}
