package lectern.progress.account;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Exchanges keys for tokens, for the gateway: services take tokens only. The gateway does
 * not route it.
 */
@RestController
class AccessKeyTokenController {

	static final String PATH = "/internal/key-tokens";

	private final AccessKeys keys;

	private final AccessKeyGuard guard;

	AccessKeyTokenController(AccessKeys keys, AccessKeyGuard guard) {
		this.keys = keys;
		this.guard = guard;
	}

	@PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<TokenResponse> post(@Valid @RequestBody Mono<KeyTokenRequest> body, ServerHttpRequest request) {
		return body.map((content) -> new AccessKeySecret(content.key()))
			.flatMap((secret) -> this.guard.guard(secret, request, this.keys.exchange(secret)))
			.switchIfEmpty(
					Mono.error(() -> Problem.of(ProblemType.UNAUTHENTICATED, "The key is unknown or was revoked.")
						.withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer")));
	}

	/** The request body. The non-null type holds after validation. */
	record KeyTokenRequest(@NotNull(message = "is missing") String key) {

		@Override
		public String toString() {
			return "KeyTokenRequest[]";
		}

	}

}
