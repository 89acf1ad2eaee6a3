package lectern.gateway;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** The stub of the address that gives tokens; it rejects all but renewals. */
final class StubTokens {

	/** The number of renewals, successful or not. */
	final AtomicInteger renewals = new AtomicInteger();

	/** The token that a renewal gives; null rejects it. */
	volatile @Nullable String renewed;

	volatile boolean unavailable;

	Publisher<Void> respond(HttpServerRequest request, HttpServerResponse response) {
		if (!request.requestHeaders().contains("Authorization")) {
			return response.status(401).send();
		}
		this.renewals.incrementAndGet();
		String token = this.renewed;
		if (this.unavailable || token == null) {
			return response.status(this.unavailable ? 503 : 401).send();
		}
		return response.header("Content-Type", "application/json")
			.header("Set-Cookie", "lectern-token=" + token + "; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict")
			.sendString(Mono.just("{\"accessToken\":\"" + token + "\",\"tokenType\":\"Bearer\",\"expiresIn\":1800}"));
	}

	/** The number of exchanges of keys, successful or not. */
	final AtomicInteger exchanges = new AtomicInteger();

	/** The token that the key of a request gives; without one, the key is wrong. */
	final Map<String, String> tokensByKey = new ConcurrentHashMap<>();

	/** The status with which every key is rejected; 0 if none. */
	volatile int exchangeFailure;

	/** When the service answers about wrong keys; at once unless a test sets it. */
	volatile Mono<Void> rejection = Mono.empty();

	Publisher<Void> exchange(HttpServerRequest request, HttpServerResponse response) {
		this.exchanges.incrementAndGet();
		if (this.exchangeFailure != 0) {
			return response.status(this.exchangeFailure)
				.header("Retry-After", "7")
				.header("RateLimit-Policy", "\"key-failures-per-address\";q=20;w=120")
				.header("RateLimit", "\"key-failures-per-address\";r=0;t=7")
				.send();
		}
		return request.receive().aggregate().asString().flatMap((json) -> {
			String token = this.tokensByKey.get(json.replaceAll(".*\"([a-z2-7]{16})\".*", "$1"));
			return ((token == null) ? this.rejection.then(response.status(401).send())
					: response.header("Content-Type", "application/json")
						.sendString(Mono.just("{\"accessToken\":\"" + token + "\",\"expiresIn\":60}"))
						.then());
		});
	}

	void reset() {
		this.exchanges.set(0);
		this.tokensByKey.clear();
		this.exchangeFailure = 0;
		this.rejection = Mono.empty();
		this.renewed = null;
		this.unavailable = false;
		this.renewals.set(0);
	}

}
