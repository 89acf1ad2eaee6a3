package lectern.progress.account;

import lectern.progress.account.limit.ClientAddressResolver;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans that protect passwords and registration against floods and guessing. */
@Configuration(proxyBeanMethods = false)
class LimitConfiguration {

	/** A second of work. */
	private static final int MAX_QUEUED_PASSWORDS_PER_ADDRESS = 16;

	/** A few seconds of work for each thread; nobody waits longer for a response. */
	private static final int MAX_QUEUED_PASSWORDS = 64;

	/** Half of the processors are left to requests without a password. */
	@Bean
	PasswordHasher passwordHasher() {
		int threads = Math.max(Runtime.getRuntime().availableProcessors() / 2, 1);
		return new PasswordHasher(threads, MAX_QUEUED_PASSWORDS_PER_ADDRESS, threads * MAX_QUEUED_PASSWORDS);
	}

	@Bean
	ClientAddressResolver clientAddressResolver(LimitSettings settings) {
		return new ClientAddressResolver(settings.gateways());
	}

	@Bean
	SecurityEventLog securityEventLog(ClientAddressResolver addresses) {
		return new SecurityEventLog(addresses);
	}

	@Bean
	SignInGuard signInGuard(LimitSettings settings, ClientAddressResolver addresses, SecurityEventLog events) {
		return new SignInGuard(settings, addresses, events);
	}

	@Bean
	AccessKeyGuard accessKeyGuard(LimitSettings settings, ClientAddressResolver addresses, SecurityEventLog events) {
		return new AccessKeyGuard(settings, addresses, events);
	}

	@Bean
	RegistrationGuard registrationGuard(LimitSettings settings, ClientAddressResolver addresses,
			SecurityEventLog events) {
		return new RegistrationGuard(settings, addresses, events);
	}

}
