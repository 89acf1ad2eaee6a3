package lectern.gateway.upstream;

import java.util.Set;

/**
 * Decides which requests may be sent twice, although the service may have processed the
 * first one. A repeated {@code PUT} or {@code DELETE} could be answered 412 or 404
 * because of the first one, so they are not among them.
 */
public final class SafeRepetition {

	/** The last segments of paths that do not take an idempotency key. */
	private static final Set<String> WITHOUT_KEYS = Set.of("tokens", "readers", "imports", "commands");

	private SafeRepetition() {
	}

	/**
	 * Return whether a request is safe to repeat.
	 * @param hasKey whether it has an idempotency key
	 */
	public static boolean isSafe(String method, String path, boolean hasKey) {
		return switch (method) {
			case "GET", "HEAD" -> true;
			case "POST" -> hasKey && !WITHOUT_KEYS.contains(path.substring(path.lastIndexOf('/') + 1));
			default -> false;
		};
	}

}
