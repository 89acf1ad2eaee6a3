package lectern.progress.erasure;

import java.util.Set;

import lectern.progress.account.SecurityEvent;
import lectern.progress.account.SecurityEventLog;
import lectern.progress.account.TokenCookie;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.QueryParameters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Erases readers. Authorization has limited this to the reader and to operators. */
@RestController
class ErasureController {

	private final Erasures erasures;

	private final SecurityEventLog securityEvents;

	ErasureController(Erasures erasures, SecurityEventLog securityEvents) {
		this.erasures = erasures;
		this.securityEvents = securityEvents;
	}

	/** Two requests at once are one erasure. */
	@DeleteMapping("/api/v1/readers/{reader}")
	Mono<ResponseEntity<Void>> delete(@PathVariable String reader,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestParam MultiValueMap<String, String> parameters, JwtAuthenticationToken signedIn,
			ServerHttpRequest request) {
		QueryParameters.requireKnown(parameters, Set.of());
		return this.erasures.begin(reader, ifMatch)
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemType.NOT_FOUND, "No reader has this handle.")))
			.filter((begun) -> begun)
			// The log must not name who is erased.
			.doOnNext((_) -> this.securityEvents.write(SecurityEvent.ERASURE, null, request))
			.defaultIfEmpty(false)
			.map((_) -> response(signedIn.getName().equals(reader), request));
	}

	private static ResponseEntity<Void> response(boolean own, ServerHttpRequest request) {
		ResponseEntity.HeadersBuilder<?> response = ResponseEntity.noContent();
		return (own ? response.header(HttpHeaders.SET_COOKIE, TokenCookie.expired(request)) : response).build();
	}

}
