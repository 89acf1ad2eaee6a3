package lectern.progress.account;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import lectern.progress.account.limit.ClientAddressResolver;
import lectern.progress.account.limit.RateLimit;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An account admits 2 failures from one address and 5 from all, an address 4; a day
 * passes before the next ones.
 */
class SignInGuardTests {

	private final ClientAddressResolver addresses = new ClientAddressResolver(List.of());

	private final SignInGuard guard = new SignInGuard(
			new LimitSettings(limit(2), limit(4), limit(5), limit(1), Duration.ZERO, List.of()), this.addresses,
			new SecurityEventLog(this.addresses));

	@Test
	void rightPasswordIsRefusedAfterFailures() {
		assertThat(attempts("ada", "192.0.2.1", SignIn.WRONG, SignIn.WRONG, SignIn.WRONG))
			.containsExactly("sign-in-refused", "sign-in-refused", "too-many-attempts");
		assertThat(attempts(" Ada ", "192.0.2.1", SignIn.RIGHT)).containsExactly("too-many-attempts");
	}

	@Test
	void readerIsNotLockedOutByOtherAddress() {
		attempts("ada", "192.0.2.1", SignIn.WRONG, SignIn.WRONG, SignIn.WRONG);
		assertThat(attempts("ada", "192.0.2.2", SignIn.RIGHT)).containsExactly("token");
	}

	@Test
	void successesDoNotCount() {
		assertThat(attempts("ada", "192.0.2.1", SignIn.RIGHT, SignIn.RIGHT, SignIn.RIGHT, SignIn.WRONG, SignIn.RIGHT,
				SignIn.WRONG, SignIn.RIGHT))
			.containsExactly("token", "token", "token", "sign-in-refused", "token", "sign-in-refused",
					"too-many-attempts");
	}

	@Test
	void addressIsLimitedOverAllHandles() {
		attempts("ada", "192.0.2.1", SignIn.WRONG, SignIn.WRONG);
		attempts("not a handle", "192.0.2.1", SignIn.WRONG);
		attempts("grace", "192.0.2.1", SignIn.WRONG);
		assertThat(attempts("eve", "192.0.2.1", SignIn.RIGHT)).containsExactly("too-many-attempts");
		assertThat(attempts("eve", "192.0.2.2", SignIn.RIGHT)).containsExactly("token");
	}

	@Test
	void handleIsLimitedOverUnknownAddresses() {
		assertThat(attempts("ada", "192.0.2.9", SignIn.RIGHT)).containsExactly("token");
		for (int i = 1; i <= 5; i++) {
			assertThat(attempts("ada", "192.0.2." + i, SignIn.WRONG)).containsExactly("sign-in-refused");
		}
		assertThat(attempts("ada", "192.0.2.6", SignIn.RIGHT)).containsExactly("too-many-attempts");
		assertThat(attempts("ada", "192.0.2.9", SignIn.RIGHT)).containsExactly("token");
	}

	/** Then an overloaded service would lock out those who try again. */
	@Test
	void otherFailuresDoNotCount() {
		assertThat(attempts("ada", "192.0.2.1", SignIn.BUSY, SignIn.BUSY, SignIn.BUSY, SignIn.RIGHT)).endsWith("token");
	}

	@Test
	void concurrentAttemptsCannotPassLimitTogether() {
		guarded("ada", "192.0.2.1", Mono.never()).subscribe();
		guarded("ada", "192.0.2.1", Mono.never()).subscribe();
		assertThat(attempts("ada", "192.0.2.1", SignIn.RIGHT)).containsExactly("too-many-attempts");
	}

	private static RateLimit limit(int max) {
		return new RateLimit(max, Duration.ofDays(max));
	}

	private List<String> attempts(String handle, String address, SignIn... signIns) {
		return Stream.of(signIns)
			.map((signIn) -> guarded(handle, address, signIn.result())
				.onErrorResume(Problem.class, (problem) -> Mono.just(problem.type().name()))
				.blockOptional(HANG_LIMIT)
				.orElseThrow())
			.toList();
	}

	private Mono<String> guarded(String handle, String address, Mono<String> signIn) {
		return this.guard.guard(SecurityEvent.SIGN_IN, handle,
				MockServerHttpRequest.post("/api/v1/tokens")
					.remoteAddress(new InetSocketAddress(address, 4711))
					.build(),
				signIn);
	}

	private enum SignIn {

		RIGHT, WRONG, BUSY;

		Mono<String> result() {
			return switch (this) {
				case RIGHT -> Mono.just("token");
				case WRONG -> Mono.error(Problem.of(TokenIssuer.SIGN_IN_REFUSED, "wrong"));
				case BUSY -> Mono.error(Problem.of(ProblemType.UNAVAILABLE, "busy"));
			};
		}

	}

}
