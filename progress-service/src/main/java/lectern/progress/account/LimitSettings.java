package lectern.progress.account;

import java.time.Duration;
import java.util.List;

import lectern.progress.account.limit.RateLimit;
import lectern.web.AddressRanges;
import lectern.web.setting.SettingConstraints;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Limits for those who have not signed in. Each node counts for itself.
 *
 * @param failuresPerReaderAndAddress failed sign-ins of one handle from one address
 * @param failuresPerAddress failed sign-ins from one address
 * @param failuresPerReader failed sign-ins of one handle from addresses from which its
 * reader has not signed in lately
 * @param registrationsPerAddress registrations from one address
 * @param rejectionDelay how long a client waits at least for the answer that it has
 * reached a limit; at most twice as long
 * @param gateways addresses or networks (CIDR) of gateways, separated by commas, whose
 * {@code X-Forwarded-For} tells the address of the client
 */
@ConfigurationProperties("lectern.progress.limits")
record LimitSettings(@NestedConfigurationProperty RateLimit failuresPerReaderAndAddress,
		@NestedConfigurationProperty RateLimit failuresPerAddress,
		@NestedConfigurationProperty RateLimit failuresPerReader,
		@NestedConfigurationProperty RateLimit registrationsPerAddress, Duration rejectionDelay,
		List<String> gateways) {

	LimitSettings {
		SettingConstraints.requireAtLeast(Duration.ZERO, "rejection-delay", rejectionDelay);
		SettingConstraints.require(gateways.stream().allMatch(AddressRanges::isRange), "gateways",
				String.join(",", gateways), "addresses or networks such as 10.0.0.0/8, separated by commas");
	}

}
