package lectern.progress.account;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Rules for readers' handles. A handle is part of URLs and never changes. */
final class HandlePolicy {

	/** Handle of the account that is created at start. */
	static final String ADMIN = "admin";

	private static final Pattern PATTERN = Pattern.compile("[a-z0-9-]{2,40}");

	/** Handles that other readers would mistake for those of operators. */
	private static final Set<String> RESERVED = Set.of(ADMIN, "administrator", "curator", "lectern", "operator", "root",
			"support", "system");

	private HandlePolicy() {
	}

	/**
	 * Return the handle that somebody means who types one: without the capital letter and
	 * the spaces that a keyboard adds.
	 */
	static String normalize(String typed) {
		return typed.strip().toLowerCase(Locale.ROOT);
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
			return "must be 2 to 40 lower-case letters, digits and hyphens";
		}
		return RESERVED.contains(handle) ? "is reserved" : null;
	}

}
