package lectern.progress.account;

import java.time.Duration;

import lectern.progress.account.limit.ClientAddress;
import lectern.progress.account.limit.ClientAddressResolver;
import lectern.progress.account.limit.KeyedRateLimiter;
import lectern.progress.account.limit.RejectionDelay;
import lectern.web.Problem;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

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
	 * reached; every response says how many are left
	 */
	Mono<Account> guard(String handle, ServerWebExchange exchange, Mono<Account> registration) {
		return Mono.defer(() -> {
			ServerHttpRequest request = exchange.getRequest();
			ClientAddress address = this.addresses.resolve(request);
			Duration wait = this.byAddress.acquire(address.network());
			this.byAddress.status("registrations-per-address", address.network())
				.addTo(exchange.getResponse().getHeaders());
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
