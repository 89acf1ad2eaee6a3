package lectern.progress.account;

import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The rule for readers' handles: they stand in addresses and are never changed. */
final class HandlePolicy {

	/** The account made at start. */
	static final String ADMIN = "admin";

	private static final Pattern PATTERN = Pattern.compile("[a-z0-9-]{2,40}");

	/** Names that others would take for the people who run this place. */
	private static final Set<String> RESERVED = Set.of(ADMIN, "administrator", "curator", "lectern", "operator", "root",
			"support", "system");

	private HandlePolicy() {
	}

	/** Whether an account can have this handle at all. */
	static boolean isValid(String handle) {
		return PATTERN.matcher(handle).matches();
	}

	/** What is wrong with a handle that somebody wants; null if nothing is. */
	static @Nullable String violation(@Nullable String wanted) {
		if (wanted == null) {
			return "is missing";
		}
		if (!isValid(wanted)) {
			return "must be 2 to 40 lower-case letters, digits and hyphens";
		}
		return RESERVED.contains(wanted) ? "is reserved" : null;
	}

}
