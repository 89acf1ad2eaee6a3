package lectern.acceptance;

import java.util.Set;

/** Those who send requests, with a token or without. */
enum AccessIdentity {

	NONE("none"),

	EXPIRED("expired"),

	WITHOUT_EXPIRY("no exp"),

	OTHER_ISSUER("other issuer"),

	ALG_NONE("alg none"),

	/** Signed by the public key, taken for a shared secret. */
	HS256("HS256"),

	OTHER_READER("other reader"),

	READER("reader"),

	/** A key of the reader for a program, which the gateway exchanges for a token. */
	KEY("key"),

	/** Also another reader. */
	CURATOR("curator", "curator"),

	/** Also another reader. */
	OPERATOR("operator", "operator"),

	/**
	 * The cookie of the reader, who has all roles, in a request that a page on another
	 * port of the same host makes.
	 */
	CROSS_ORIGIN_COOKIE("cookie, other origin", "curator", "operator");

	private final String label;

	private final Set<String> roles;

	AccessIdentity(String label, String... roles) {
		this.label = label;
		this.roles = Set.of(roles);
	}

	String label() {
		return this.label;
	}

	Set<String> roles() {
		return this.roles;
	}

	boolean hasRole(String role) {
		return this.roles.contains(role);
	}

	/** Whether the token is valid. */
	boolean isValid() {
		return ordinal() >= OTHER_READER.ordinal();
	}

	/** Whether the token names the reader in the path, valid or not. */
	boolean isOwner() {
		return this != OTHER_READER && this != CURATOR && this != OPERATOR;
	}

}
