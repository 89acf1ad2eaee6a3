package lectern.progress.account;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import lectern.progress.TestProgress;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static lectern.progress.account.TestAccounts.PASSWORD;
import static lectern.progress.account.TestAccounts.register;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The test is a gateway for the service, since both are on the same machine. */
@ExtendWith(OutputCaptureExtension.class)
class SignInLimitIntegrationTests {

	private static final int FLOOD_CONNECTIONS = 150;

	private static final TestProgress PROGRESS = TestProgress.start(
			"lectern.progress.limits.failures-per-reader-and-address.max=2",
			"lectern.progress.limits.failures-per-address.max=1000000",
			"lectern.progress.limits.registrations-per-address.max=3");

	@AfterAll
	static void stop() {
		PROGRESS.close();
	}

	@Test
	void failedSignInsAreLimitedForHandleAndAddress() {
		register(PROGRESS, "limited-reader").assertStatus(201);
		TestApiResponse first = signIn("192.0.2.1", "limited-reader", "wrong password").assertStatus(401);
		assertThat(first.headers().get("RateLimit")).last()
			.asString()
			.startsWith("\"failures-per-reader-and-address\";r=1;t=");
		assertThat(first.headers().get("RateLimit-Policy")).last()
			.isEqualTo("\"failures-per-reader-and-address\";q=2;w=600");
		signIn("192.0.2.1", "Limited-Reader", "wrong password").assertStatus(401);
		TestApiResponse limited = signIn("192.0.2.1", "limited-reader", PASSWORD).assertProblem(429,
				"too-many-attempts");
		assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 300);
		assertThat(limited.headers().get("RateLimit")).last().asString().contains(";r=0;t=");
		signIn("192.0.2.2", "limited-reader", PASSWORD).assertStatus(200);
	}

	@Test
	void limitOfUnknownReaderIsTheSame() {
		signIn("192.0.2.1", "unknown-reader", PASSWORD).assertStatus(401);
		signIn("192.0.2.1", "unknown-reader", PASSWORD).assertStatus(401);
		signIn("192.0.2.1", "unknown-reader", PASSWORD).assertProblem(429, "too-many-attempts");
	}

	@Test
	void registrationsAreLimitedForAddress() {
		String address = "192.0.2.3";
		registerFrom(address, "Not valid").assertStatus(422);
		registerFrom(address, "first-of-address").assertStatus(201)
			.assertHeader("RateLimit-Policy", "\"registrations-per-address\";q=3;w=3600");
		registerFrom(address, "first-of-address").assertStatus(409);
		registerFrom(address, "second-of-address").assertStatus(201);
		registerFrom(address, "third-of-address").assertProblem(429, "too-many-attempts").header("Retry-After");
		registerFrom("192.0.2.4", "third-of-address").assertStatus(201);
	}

	/**
	 * The limits of failures are not reached, so that the queue of passwords is full all
	 * the time. The service sees two addresses of the loopback network.
	 */
	@Test
	void floodOfOneAddressDoesNotKeepOthersOut() {
		register(PROGRESS, "rightful-reader").assertStatus(201);
		Sinks.Empty<Void> queueFull = Sinks.empty();
		Disposable flood = flood("127.0.0.7", queueFull);
		try {
			queueFull.asMono().block(HANG_LIMIT);
			long start = System.nanoTime();
			assertThat(post(client("127.0.0.8", 1), () -> "rightful-reader", PASSWORD).block(HANG_LIMIT))
				.isEqualTo(200);
			System.out.printf("Sign-in beside %d connections that guess passwords: %d ms%n", FLOOD_CONNECTIONS,
					(System.nanoTime() - start) / 1_000_000);
		}
		finally {
			flood.dispose();
		}
	}

	/** Guesses wait for each other for up to five seconds, a renewal does not. */
	@Test
	void floodDoesNotDelayRenewalAtTheSameAddress() {
		String address = "127.0.0.10";
		register(PROGRESS, "neighbour-of-flood").assertStatus(201);
		String token = TestAccounts.token(PROGRESS, "neighbour-of-flood");
		Sinks.Empty<Void> queueFull = Sinks.empty();
		Disposable flood = flood(address, queueFull);
		try {
			queueFull.asMono().block(HANG_LIMIT);
			assertThat(client(address, 1).headers((headers) -> headers.set("Authorization", "Bearer " + token))
				.post()
				.uri("/api/v1/tokens")
				.responseSingle((response, content) -> content.then(Mono.just(response.status().code())))
				.block(HANG_LIMIT)).isEqualTo(200);
		}
		finally {
			flood.dispose();
		}
	}

	/**
	 * Guess passwords without a break.
	 * @param queueFull completes as soon as a guess is not even tried
	 */
	private static Disposable flood(String address, Sinks.Empty<Void> queueFull) {
		AtomicInteger attempts = new AtomicInteger();
		HttpClient flooding = client(address, FLOOD_CONNECTIONS);
		return Flux.range(0, FLOOD_CONNECTIONS)
			.flatMap((i) -> post(flooding, () -> "flood-" + i + "-" + attempts.incrementAndGet(), "wrong password")
				.doOnNext((status) -> {
					if (status == 429) {
						queueFull.tryEmitEmpty();
					}
				})
				.onErrorComplete()
				.repeat(), FLOOD_CONNECTIONS)
			.subscribe();
	}

	/** An attempt leaves no line in the log if its client has left before it ended. */
	@Test
	void queuedAttemptsOfClientsThatLeaveAreDropped(CapturedOutput output) {
		int attempts = 12;
		String refusedFromAddress = "sign-in-refused reader=leaving-";
		HttpClient leaving = client("127.0.0.9", attempts);
		Flux.range(0, attempts)
			.flatMap((i) -> post(leaving, () -> "leaving-" + i, "wrong password"), attempts)
			.next()
			.block(HANG_LIMIT);
		assertThat(post(client("127.0.0.9", 1), () -> "staying-reader", "wrong password").block(HANG_LIMIT))
			.isEqualTo(401);
		assertThat(output.getOut().split(refusedFromAddress, -1)).hasSizeLessThan(attempts);
	}

	private static HttpClient client(String address, int connections) {
		return HttpClient.create(ConnectionProvider.create("sign-in-" + address, connections))
			.bindAddress(() -> new InetSocketAddress(address, 0))
			.baseUrl("http://127.0.0.1:" + PROGRESS.port());
	}

	private static Mono<Integer> post(HttpClient client, Supplier<String> handle, String password) {
		return client.headers((headers) -> headers.set("Content-Type", "application/json"))
			.post()
			.uri("/api/v1/tokens")
			.send(ByteBufMono.fromString(
					Mono.fromSupplier(() -> "{\"reader\":\"" + handle.get() + "\",\"password\":\"" + password + "\"}")))
			.responseSingle((response, content) -> content.then(Mono.just(response.status().code())));
	}

	private static TestApiResponse signIn(String address, String handle, String password) {
		return PROGRESS.anonymous()
			.with("X-Forwarded-For", address)
			.post("/api/v1/tokens", "{\"reader\":\"" + handle + "\",\"password\":\"" + password + "\"}");
	}

	private static TestApiResponse registerFrom(String address, String handle) {
		return PROGRESS.anonymous()
			.with("X-Forwarded-For", address)
			.post("/api/v1/readers",
					"{\"reader\":\"" + handle + "\",\"name\":\"N\",\"password\":\"" + PASSWORD + "\"}");
	}

}
