package lectern.progress.eventlog;

import java.util.UUID;

/**
 * A reader whose data is being removed.
 *
 * @param handle the handle
 * @param secret what the tokens in the stubs are computed from, by the function
 * {@code erased_reader} of the database; deleted at the end
 */
public record ErasedReader(String handle, UUID secret) {

	private static final char TOKEN_PREFIX = '~';

	/** Tell whether a stored reader is the token in a stub. */
	static boolean isToken(String reader) {
		return reader.length() > 1 && reader.charAt(0) == TOKEN_PREFIX;
	}

	/** Without the secret, because records are often logged. */
	@Override
	public String toString() {
		return "ErasedReader[]";
	}

}
