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
	private static final Set<String> ROLES = Set.of(HandlePolicy.ADMIN, "administrator", "administrators", "admins",
			"anonymous", "curator", "curators", "everyone", "guest", "lectern", "moderator", "moderators", "operator",
			"operators", "owner", "reader", "root", "staff", "superuser", "system");

	/** Segments of our own paths. */
	private static final Set<String> PATHS = Set.of("abandon", "accounts", "activity", "actuator", "api", "assets",
			"authors", "books", "catalog", "commands", "current", "docs", "events", "export", "facets", "finish",
			"forecast", "gates", "health", "history", "import", "imports", "internal", "jwks", "key", "keys", "login",
			"logout", "me", "merge", "openapi", "operations", "paths", "plan", "positions", "problems", "readers",
			"readings", "reopen", "replay", "restore", "resume", "roles", "self", "sessions", "settings", "statistics",
			"streams", "tokens", "topics", "undo", "v1", "waive", "well-known", "what-if");

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
