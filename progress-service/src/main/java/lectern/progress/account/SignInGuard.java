package lectern.progress.account;

import java.time.Duration;

import lectern.progress.account.SignInLimits.Attempt;
import lectern.progress.account.limit.ClientAddress;
import lectern.progress.account.limit.ClientAddressResolver;
import lectern.progress.account.limit.RejectionDelay;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;

/** Limits how often passwords can be guessed, and logs each attempt. */
class SignInGuard {

	private final SignInLimits limits;

	private final RejectionDelay rejections;

	private final ClientAddressResolver addresses;

	private final SecurityEventLog events;

	SignInGuard(LimitSettings settings, ClientAddressResolver addresses, SecurityEventLog events) {
		this.limits = new SignInLimits(settings);
		this.rejections = new RejectionDelay(settings.rejectionDelay());
		this.addresses = addresses;
		this.events = events;
	}

	/**
	 * Limit an attempt to prove a password.
	 * @param success what is logged if the password is right
	 * @param typed the handle as it was typed; null if it is missing
	 * @param signIn fails with {@link TokenIssuer#SIGN_IN_REFUSED} if the password is
	 * wrong; not subscribed to if a limit is reached
	 * @return cold; fails with a {@link Problem} (429) after a delay if a limit is
	 * reached, even if the password is right; a failure says how many are left
	 */
	<T> Mono<T> guard(SecurityEvent success, @Nullable String typed, ServerHttpRequest request, Mono<T> signIn) {
		return Mono.defer(() -> {
			ClientAddress address = this.addresses.resolve(request);
			Attempt attempt = this.limits.attempt((typed != null) ? HandlePolicy.normalize(typed) : "", address);
			Duration wait = attempt.begin();
			Mono<T> attempted = wait.isPositive()
					? Mono.error(TooManyAttempts.problem("Too many sign-ins have failed.", wait))
					: signIn.doOnSuccess((_) -> attempt.succeed()).doOnError((failure) -> {
						if (event(failure) != SecurityEvent.SIGN_IN_REFUSED) {
							attempt.giveBack();
						}
					}).contextWrite(address::addTo);
			return attempted.doOnSuccess((_) -> this.events.write(success, typed, request))
				.onErrorResume(Problem.class, (problem) -> fail(problem, attempt, typed, request));
		});
	}

	private <T> Mono<T> fail(Problem problem, Attempt attempt, @Nullable String typed, ServerHttpRequest request) {
		SecurityEvent event = event(problem);
		if (event == null) {
			return Mono.error(problem);
		}
		this.events.write(event, typed, request);
		Problem told = attempt.withQuotas(problem);
		return (event == SecurityEvent.SIGN_IN_LIMITED) ? this.rejections.reject(told) : Mono.error(told);
	}

	private static @Nullable SecurityEvent event(Throwable failure) {
		if (!(failure instanceof Problem problem)) {
			return null;
		}
		if (problem.type().equals(TooManyAttempts.TYPE)) {
			return SecurityEvent.SIGN_IN_LIMITED;
		}
		return problem.type().equals(TokenIssuer.SIGN_IN_REFUSED) ? SecurityEvent.SIGN_IN_REFUSED : null;
	}

}
