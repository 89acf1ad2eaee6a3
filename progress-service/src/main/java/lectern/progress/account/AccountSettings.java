package lectern.progress.account;

import lectern.web.setting.SettingConstraints;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for accounts.
 *
 * @param registration whether anyone can register
 * @param adminPassword the password of the account {@code admin}, 12 to 200 characters,
 * set at every start; without one, that account is left unchanged
 * @param administrationSecret what the management port demands in the header
 * {@code Lectern-Administration-Secret} for everything but health and metrics, at least
 * 16 characters; without one, everybody on this machine may administer accounts. Others
 * never may
 */
@ConfigurationProperties("lectern.progress")
record AccountSettings(@DefaultValue("true") boolean registration, @DefaultValue("") String adminPassword,
		@DefaultValue("") String administrationSecret) {

	private static final int MIN_PASSWORD_LENGTH = 12;

	private static final int MIN_SECRET_LENGTH = 16;

	AccountSettings {
		SettingConstraints.requireSecret(MIN_PASSWORD_LENGTH, "admin-password", adminPassword);
		SettingConstraints.requireSecret(MIN_SECRET_LENGTH, "administration-secret", administrationSecret);
	}

	/** Leaves out the secrets, because settings are often logged. */
	@Override
	public String toString() {
		return "AccountSettings[registration=" + this.registration + "]";
	}

}
