package lectern.progress.reader;

import java.time.Duration;
import java.util.Map;

import com.nimbusds.jose.jwk.JWKSet;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the others what to check tokens with. */
@RestController
class KeyController {

	static final String PATH = "/.well-known/jwks.json";

	private static final Duration FRESH = Duration.ofMinutes(5);

	private final SigningKey key;

	KeyController(SigningKey key) {
		this.key = key;
	}

	/** The public part alone: a set shown as JSON leaves the private one out as well. */
	@GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<Map<String, Object>>> get() {
		return this.key.get()
			.map((key) -> new JWKSet(key.toPublicJWK()).toJSONObject())
			.map((shown) -> ResponseEntity.ok().cacheControl(CacheControl.maxAge(FRESH).cachePublic()).body(shown));
	}

}
