package lectern.progress.account;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.jwk.JWKSet;
import lectern.web.CrossOriginAccess;
import lectern.web.QueryParameters;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Publishes the public keys that verify tokens, now and after the next rotation. */
@RestController
class JwkSetController {

	static final String PATH = "/.well-known/jwks.json";

	private static final Duration MAX_AGE = Duration.ofMinutes(5);

	private final SigningKeyStore keyStore;

	JwkSetController(SigningKeyStore keyStore) {
		this.keyStore = keyStore;
	}

	/** {@link JWKSet#toJSONObject()} leaves out private members as well. */
	@GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<Map<String, Object>>> get(@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters.requireKnown(parameters, Set.of());
		return this.keyStore.published()
			.map(JWKSet::toJSONObject)
			.map((keySet) -> ResponseEntity.ok()
				.cacheControl(CacheControl.maxAge(MAX_AGE).cachePublic())
				.headers(CrossOriginAccess::allowAll)
				.body(keySet));
	}

}
