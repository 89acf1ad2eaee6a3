package lectern.progress.account;

import java.time.Duration;

import lectern.progress.account.limit.ClientAddress;
import lectern.progress.account.limit.ClientAddressResolver;
import lectern.progress.account.limit.KeyedRateLimiter;
import lectern.progress.account.limit.RejectionDelay;
import lectern.web.Problem;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Limits how many accounts one address creates. An attempt that fails because the handle
 * is taken counts as well: it costs as much, and it tells which handles there are.
 */
class RegistrationGuard {

	private final KeyedRateLimiter byAddress;

	private final RejectionDelay rejections;

	private final ClientAddressResolver addresses;

	private final SecurityEventLog events;

	RegistrationGuard(LimitSettings settings, ClientAddressResolver addresses, SecurityEventLog events) {
		this.byAddress = new KeyedRateLimiter(settings.registrationsPerAddress());
		this.rejections = new RejectionDelay(settings.rejectionDelay());
		this.addresses = addresses;
		this.events = events;
	}

	/**
	 * Limit a valid registration.
	 * @param registration not subscribed to if the limit is reached
	 * @return cold; fails with a {@link Problem} (429) after a delay if the limit is
	 * reached
	 */
	Mono<Account> guard(String handle, ServerHttpRequest request, Mono<Account> registration) {
		return Mono.defer(() -> {
			ClientAddress address = this.addresses.resolve(request);
			Duration wait = this.byAddress.acquire(address.network());
			if (wait.isPositive()) {
				this.events.write(SecurityEvent.REGISTRATION_LIMITED, handle, request);
				return this.rejections
					.reject(TooManyAttempts.problem("Too many accounts have been registered from this address.", wait));
			}
			return registration.doOnSuccess((_) -> this.events.write(SecurityEvent.REGISTRATION, handle, request))
				.contextWrite(address::addTo);
		});
	}

}
