package lectern.progress.account;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for accounts.
 *
 * @param registration whether anyone may create an account
 * @param adminPassword password of the account {@code admin}; if empty, that account is
 * left unchanged
 * @param administrationSecret what the management port demands for the administration of
 * accounts; if empty, everybody on this machine may do it
 */
@ConfigurationProperties("lectern.progress")
record AccountSettings(@DefaultValue("true") boolean registration, @DefaultValue("") String adminPassword,
		@DefaultValue("") String administrationSecret) {

	/** Leaves out the secrets, because settings are often logged. */
	@Override
	public String toString() {
		return "AccountSettings[registration=" + this.registration + "]";
	}

}
