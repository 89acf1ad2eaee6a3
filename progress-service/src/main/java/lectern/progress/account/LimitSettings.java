package lectern.progress.account;

import java.time.Duration;
import java.util.List;

import lectern.progress.account.limit.RateLimit;

import org.springframework.boot.context.properties.ConfigurationProperties;

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
 * @param gateways addresses, or networks in CIDR notation, whose {@code X-Forwarded-For}
 * is believed
 */
@ConfigurationProperties("lectern.progress.limits")
record LimitSettings(RateLimit failuresPerReaderAndAddress, RateLimit failuresPerAddress, RateLimit failuresPerReader,
		RateLimit registrationsPerAddress, Duration rejectionDelay, List<String> gateways) {

}
