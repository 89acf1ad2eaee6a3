package lectern.progress.account;

/** What the log of a service says about security. */
public enum SecurityEvent {

	SIGN_IN("sign-in"),

	/** The handle or the password was wrong. */
	SIGN_IN_REFUSED("sign-in-refused"),

	SIGN_IN_LIMITED("sign-in-limited"),

	REGISTRATION("registration"),

	REGISTRATION_LIMITED("registration-limited"),

	/** Here, everywhere, or one of the other sessions. */
	SIGN_OUT("sign-out"),

	/** By its reader, who had to give the old one. */
	PASSWORD_CHANGED("password-changed"),

	/** By an operator. */
	PASSWORD_RESET("password-reset"),

	ROLES_CHANGED("roles-changed"),

	KEY_CREATED("key-created"),

	KEY_REVOKED("key-revoked"),

	/** A key was unknown or revoked. */
	KEY_REFUSED("key-refused"),

	KEY_LIMITED("key-limited"),

	SIGNING_KEYS_ROTATED("signing-keys-rotated"),

	/** Its line does not say of whom. */
	ERASURE("erasure"),

	/** A reader tried what only another reader, or one with a role, may do. */
	ACCESS_REFUSED("access-refused");

	private final String label;

	SecurityEvent(String label) {
		this.label = label;
	}

	/** Return the name in the log: lower-case words joined by hyphens. */
	String label() {
		return this.label;
	}

	/** Whether an attacker can cause it as often as requests can be sent. */
	boolean isUnlimited() {
		return this == SIGN_IN_LIMITED || this == REGISTRATION_LIMITED || this == KEY_LIMITED || this == ACCESS_REFUSED;
	}

}
