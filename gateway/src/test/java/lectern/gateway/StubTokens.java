package lectern.gateway;

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

	void reset() {
		this.renewed = null;
		this.unavailable = false;
		this.renewals.set(0);
	}

}
