package lectern.acceptance;

import java.util.regex.Pattern;

import org.springframework.http.HttpMethod;

/** Who may use an operation. */
enum AccessClass {

	/** Anybody; no token is looked at. */
	PUBLIC,

	/** Anybody, because the request brings a password, or the token that it renews. */
	CREDENTIALS,

	/** Whoever has signed in with a password. */
	SIGNED_IN,

	/** The reader in the path. */
	OWNER,

	/** The reader in the path, signed in with the password. */
	SIGNED_IN_OWNER,

	/** The reader in the path, and operators. */
	OWNER_OR_OPERATOR,

	/** The reader in the path, signed in with the password, and operators. */
	SIGNED_IN_OWNER_OR_OPERATOR,

	CURATOR,

	OPERATOR,

	/** Other services; the gateway does not route it. */
	INTERNAL;

	private static final String READERS = "/api/v1/readers";

	private static final String READER = READERS + "/{reader}";

	private static final String TOKENS = "/api/v1/tokens";

	private static final Pattern OF_ACCOUNT = Pattern.compile(Pattern.quote(READER) + "/(keys|sessions|tokens)(/.*)?");

	/**
	 * Return the class of an operation.
	 * @throws IllegalArgumentException if a new operation has to be declared here
	 */
	static AccessClass of(DeclaredRoute route) {
		String path = route.path();
		if (path.startsWith("/internal/")) {
			return INTERNAL;
		}
		if (path.startsWith("/api/v1/operations/")) {
			return OPERATOR;
		}
		if (path.equals(READER + "/roles")) {
			return route.isChange() ? OPERATOR : OWNER_OR_OPERATOR;
		}
		if (path.equals(READER + "/import")) {
			return OPERATOR;
		}
		if (path.equals(READER) && route.method() == HttpMethod.DELETE) {
			return SIGNED_IN_OWNER_OR_OPERATOR;
		}
		if (route.isChange() && OF_ACCOUNT.matcher(path).matches()) {
			return SIGNED_IN_OWNER;
		}
		if (path.equals(READER) || path.startsWith(READER + "/")) {
			return OWNER;
		}
		if (route.method() == HttpMethod.POST && (path.equals(READERS) || path.equals(TOKENS))) {
			return CREDENTIALS;
		}
		if (path.startsWith(TOKENS)) {
			return SIGNED_IN;
		}
		if (route.service().equals("catalog-service") && (route.isChange() || path.startsWith("/api/v1/imports"))) {
			return CURATOR;
		}
		if (route.isChange()) {
			throw new IllegalArgumentException("Declare who may use " + route);
		}
		return PUBLIC;
	}

	/** Return what happens to a request. */
	AccessOutcome expected(AccessIdentity identity, DeclaredRoute route, boolean throughGateway) {
		if (this == INTERNAL && throughGateway) {
			return AccessOutcome.ABSENT;
		}
		if (this == PUBLIC || this == CREDENTIALS || this == INTERNAL) {
			return AccessOutcome.ADMITTED;
		}
		// Services take tokens only.
		if (!identity.isValid() || identity == AccessIdentity.KEY && !throughGateway) {
			return AccessOutcome.UNAUTHENTICATED;
		}
		boolean refusedCookie = identity == AccessIdentity.CROSS_ORIGIN_COOKIE && route.isChange();
		return (permits(identity) && !refusedCookie) ? AccessOutcome.ADMITTED : AccessOutcome.FORBIDDEN;
	}

	private boolean permits(AccessIdentity identity) {
		return switch (this) {
			case SIGNED_IN -> identity != AccessIdentity.KEY;
			case OWNER -> identity.isOwner();
			case SIGNED_IN_OWNER -> identity.isOwner() && identity != AccessIdentity.KEY;
			case SIGNED_IN_OWNER_OR_OPERATOR -> SIGNED_IN_OWNER.permits(identity) || identity.hasRole("operator");
			case OWNER_OR_OPERATOR -> identity.isOwner() || identity.hasRole("operator");
			case CURATOR -> identity.hasRole("curator");
			case OPERATOR -> identity.hasRole("operator");
			default -> true;
		};
	}

}
