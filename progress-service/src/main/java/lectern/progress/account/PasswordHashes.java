package lectern.progress.account;

import org.jspecify.annotations.Nullable;

/**
 * The hash of a password with the one that replaces it.
 *
 * @param present the stored hash that was verified; null to leave the password unchanged
 * @param next null to leave the password unchanged
 */
record PasswordHashes(@Nullable String present, @Nullable String next) {

	/** Leaves the password unchanged. */
	static final PasswordHashes UNCHANGED = new PasswordHashes(null, null);

	@Override
	public String toString() {
		return "PasswordHashes[]";
	}

}
