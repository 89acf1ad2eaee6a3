package lectern.progress.account;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the people who run this place decide about accounts.
 *
 * @param registration whether anybody may make an account
 * @param adminPassword of the account {@code admin}; empty leaves that account alone
 */
@ConfigurationProperties("lectern.progress")
record AccountSettings(@DefaultValue("true") boolean registration, @DefaultValue("") String adminPassword) {

	/** Without the secret: settings end up in logs. */
	@Override
	public String toString() {
		return "AccountSettings[registration=" + this.registration + "]";
	}

}
