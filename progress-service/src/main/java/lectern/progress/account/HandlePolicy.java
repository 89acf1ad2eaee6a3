package lectern.progress.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Rules for readers' handles. A handle is part of URLs and never changes. */
final class HandlePolicy {

	/** Handle of the account that is created at start. */
	static final String ADMIN = "admin";

	private static final Pattern PATTERN = Pattern.compile("[a-z0-9-]{2,40}");

	/**
	 * Longer text is not a handle in any form, and its normalization may take seconds.
	 */
	private static final int MAX_TYPED = 200;

	private HandlePolicy() {
	}

	/**
	 * Return the handle that somebody means who types one: without capital letters,
	 * without the spaces that a keyboard adds, and with the usual form of characters such
	 * as full-width letters.
	 * @param typed any text
	 * @return what need not be a valid handle
	 */
	static String normalize(String typed) {
		if (typed.length() > MAX_TYPED) {
			return typed;
		}
		return Normalizer.normalize(typed, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
	}

	/** Tell whether an account could have this handle. */
	static boolean isValid(String handle) {
		return PATTERN.matcher(handle).matches();
	}

	/**
	 * Describe why a handle cannot be registered.
	 * @return null if it can
	 */
	static @Nullable String violation(@Nullable String handle) {
		if (handle == null) {
			return "is missing";
		}
		if (!isValid(handle)) {
			return "must be 2 to 40 of the letters a to z, digits and hyphens";
		}
		return ReservedHandles.contains(handle) ? "is reserved" : null;
	}

}
