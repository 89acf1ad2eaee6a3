package lectern.progress.account;

import java.time.Duration;
import java.util.Set;

import lectern.progress.account.limit.ClientAddressResolver;
import lectern.progress.account.limit.KeyedConcurrencyLimiter;
import lectern.progress.account.limit.KeyedConcurrencyLimiter.NotStartedException;
import lectern.web.TokenSecurity;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Limits how many sign-ins and registrations of one address are in progress at once,
 * before they cost anything. Those that are rejected take part for as long as the
 * rejection is delayed, so an address that guesses passwords on many connections is
 * slowed down to a few requests a second.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class SignInConcurrencyFilter implements WebFilter {

	/** Enough for all that a household or a class does at the same time. */
	private static final int MAX_IN_PROGRESS = 8;

	private static final int MAX_WAITING = 256;

	/** The gateway waits for 10 s. */
	private static final Duration MAX_WAIT = Duration.ofSeconds(5);

	private static final Set<String> PATHS = Set.of(TokenController.PATH, AccountController.PATH);

	private final KeyedConcurrencyLimiter limiter = new KeyedConcurrencyLimiter(MAX_IN_PROGRESS, MAX_WAITING, MAX_WAIT);

	private final ClientAddressResolver addresses;

	private final SecurityEventLog events;

	SignInConcurrencyFilter(ClientAddressResolver addresses, SecurityEventLog events) {
		this.addresses = addresses;
		this.events = events;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (request.getMethod() != HttpMethod.POST || !PATHS.contains(request.getPath().value())
				|| isRenewal(request)) {
			return chain.filter(exchange);
		}
		return this.limiter.limit(this.addresses.resolve(request).network(), chain.filter(exchange))
			.onErrorMap(NotStartedException.class, (_) -> {
				this.events.write(SecurityEvent.SIGN_IN_LIMITED, null, request);
				return TooManyAttempts.problem("Too many sign-ins from this address are in progress.", MAX_WAIT);
			});
	}

	/**
	 * A renewal proves no password, so readers who are signed in do not wait for those
	 * who guess at the same address.
	 */
	private static boolean isRenewal(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		return TokenSecurity.hasToken(request) && headers.getContentLength() <= 0
				&& !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
	}

}
