package lectern.progress.account;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Handles that other people would mistake for those of operators, or that stand for
 * something else in addresses. Accounts that have one already keep it.
 */
final class ReservedHandles {

	/** Mailbox names that have a fixed meaning in every domain (RFC 2142). */
	private static final Set<String> MAILBOXES = Set.of("abuse", "ftp", "hostmaster", "info", "list", "list-request",
			"marketing", "news", "noc", "postmaster", "sales", "security", "support", "trouble", "usenet", "uucp",
			"webmaster", "www");

	/** Roles, and names of accounts that seem to have one. */
	private static final Set<String> ROLES = Set.of(HandlePolicy.ADMIN, "administrator", "anonymous", "curator",
			"everyone", "guest", "lectern", "moderator", "operator", "owner", "reader", "root", "staff", "superuser",
			"system");

	/** Segments of our own paths. */
	private static final Set<String> PATHS = Set.of("accounts", "activity", "actuator", "api", "assets", "authors",
			"books", "catalog", "commands", "current", "docs", "events", "export", "forecast", "gates", "health",
			"history", "imports", "internal", "key", "keys", "login", "logout", "me", "merge", "operations", "paths",
			"positions", "problems", "readers", "readings", "replay", "roles", "self", "sessions", "settings",
			"statistics", "streams", "tokens", "topics", "undo", "v1", "well-known");

	private static final Set<String> ALL = Stream.of(MAILBOXES, ROLES, PATHS)
		.flatMap(Set::stream)
		.collect(Collectors.toUnmodifiableSet());

	private ReservedHandles() {
	}

	/** Tell whether nobody can register a handle. */
	static boolean contains(String handle) {
		return ALL.contains(handle);
	}

}
