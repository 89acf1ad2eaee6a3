package lectern.progress.account;

import java.util.Map;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import lectern.progress.account.SigningKeyStore.SigningKeys;
import lectern.web.TokenKeys;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.stereotype.Component;

/**
 * Rotates the signing keys at the management port, whose only callers are on this machine
 * unless it is configured otherwise.
 */
@Component
@Endpoint(id = "signingkeys")
class SigningKeyEndpoint {

	private final SigningKeyStore keyStore;

	private final TokenKeys keys;

	private final SecurityEventLog events;

	SigningKeyEndpoint(SigningKeyStore keyStore, TokenKeys keys, SecurityEventLog events) {
		this.keyStore = keyStore;
		this.keys = keys;
		this.events = events;
	}

	/**
	 * Rotate the keys.
	 * @return cold; the id of the key that signs from now on, and those of all that
	 * verify
	 */
	@WriteOperation
	Mono<Map<String, Object>> rotate() {
		return this.keyStore.rotate()
			.flatMap((rotated) -> this.keys.load().thenReturn(rotated))
			.doOnNext((_) -> this.events.writeLocal(SecurityEvent.SIGNING_KEYS_ROTATED, null))
			.map(SigningKeyEndpoint::describe);
	}

	private static Map<String, Object> describe(SigningKeys keys) {
		JWKSet published = keys.published();
		return Map.of("signs", keys.current().getKeyID(), "verify",
				published.getKeys().stream().map(JWK::getKeyID).toList());
	}

}
