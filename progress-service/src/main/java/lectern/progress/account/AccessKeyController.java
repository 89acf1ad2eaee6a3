package lectern.progress.account;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import lectern.progress.account.AccessKeys.NewKey;
import lectern.web.KeysetPage;
import lectern.web.KeysetPageRequest;
import lectern.web.PlainText;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Makes, lists and revokes the keys of a reader. Authorization has already limited this
 * to the reader itself, signed in with a password.
 */
@RestController
@RequestMapping(path = AccountController.PATH + "/{reader}/keys", produces = MediaType.APPLICATION_JSON_VALUE)
class AccessKeyController {

	private static final ProblemType TOO_MANY_KEYS = new ProblemType("too-many-keys", HttpStatus.CONFLICT,
			"The reader has too many keys");

	private final AccessKeys keys;

	private final AccessKeyRepository repository;

	private final SecurityEventLog events;

	AccessKeyController(AccessKeys keys, AccessKeyRepository repository, SecurityEventLog events) {
		this.keys = keys;
		this.repository = repository;
		this.events = events;
	}

	/** The secret is in this response only, so a request cannot be repeated. */
	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	Mono<NewKeyResponse> post(@PathVariable String reader, @Valid @RequestBody Mono<KeyRequest> body,
			ServerHttpRequest request) {
		return body.flatMap((content) -> this.keys.create(reader, content.name()))
			.doOnNext((_) -> this.events.write(SecurityEvent.KEY_CREATED, reader, request))
			.map(NewKeyResponse::of)
			.switchIfEmpty(Mono.error(() -> Problem.of(TOO_MANY_KEYS,
					"A reader has " + AccessKeys.MAX_PER_READER + " keys at most. Revoke one that is not used.")));
	}

	@GetMapping
	Mono<KeysetPage<KeyResponse>> list(@PathVariable String reader,
			@RequestParam MultiValueMap<String, String> parameters) {
		KeysetPageRequest page = KeysetPageRequest.of(parameters, Set.of());
		return this.repository.list(reader, page)
			.map(KeyResponse::of)
			.collectList()
			.map((keys) -> page.page(keys, KeyResponse::id));
	}

	@DeleteMapping("/{key}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> delete(@PathVariable String reader, @PathVariable String key, ServerHttpRequest request) {
		UUID id = TokenController.sessionId(key);
		return ((id != null) ? this.keys.revoke(id, reader) : Mono.just(false)).filter((revoked) -> revoked)
			.doOnNext((_) -> this.events.write(SecurityEvent.KEY_REVOKED, reader, request))
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemType.NOT_FOUND, "The reader has no such key.")))
			.then();
	}

	/** The request body. The non-null type holds after validation. */
	record KeyRequest(@NotNull(message = "is missing") @PlainText(max = MAX_NAME) String name) {

		private static final int MAX_NAME = 100;

	}

	/**
	 * A key in a list.
	 *
	 * @param lastUsedAt null if it was never used
	 */
	record KeyResponse(String id, String name, Instant createdAt, @Nullable Instant lastUsedAt) {

		private static KeyResponse of(AccessKey key) {
			return new KeyResponse(key.id().toString(), key.name(), key.createdAt(), key.lastUsedAt());
		}

	}

	/** A key that was just made. */
	record NewKeyResponse(String id, String name, String secret, Instant createdAt) {

		private static NewKeyResponse of(NewKey made) {
			return new NewKeyResponse(made.key().id().toString(), made.key().name(), made.secret().text(),
					made.key().createdAt());
		}

		@Override
		public String toString() {
			return "NewKeyResponse[id=" + this.id + "]";
		}

	}

}
