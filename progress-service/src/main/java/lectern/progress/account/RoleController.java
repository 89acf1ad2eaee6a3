package lectern.progress.account;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import lectern.progress.account.RoleRepository.AccountRoles;
import lectern.web.ConditionalRequest;
import lectern.web.EntityTag;
import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows roles to their reader and to operators, who change them. A change takes effect
 * within seconds: tokens with other roles are rejected, and renewed ones have the new
 * roles.
 */
@RestController
@RequestMapping(path = AccountController.PATH + "/{reader}/roles", produces = MediaType.APPLICATION_JSON_VALUE)
class RoleController {

	private final RoleRepository repository;

	private final SecurityEventLog events;

	RoleController(RoleRepository repository, SecurityEventLog events) {
		this.repository = repository;
		this.events = events;
	}

	@GetMapping
	Mono<ResponseEntity<RolesDocument>> get(@PathVariable String reader) {
		return this.repository.find(reader).map(RoleController::response);
	}

	@PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<RolesDocument>> put(@PathVariable String reader, @RequestHeader HttpHeaders headers,
			@Valid @RequestBody Mono<RolesDocument> body, JwtAuthenticationToken signedIn, ServerHttpRequest request) {
		if (!ReaderAuthorization.isOperator(signedIn)) {
			this.events.write(SecurityEvent.ACCESS_REFUSED, signedIn.getName(), request);
			return Mono.error(Problem.of(ProblemType.FORBIDDEN, "Only operators can change roles."));
		}
		ConditionalRequest condition = ConditionalRequest.of(headers);
		return body
			.flatMap((content) -> this.repository.replace(reader, Role.normalize(content.roles()),
					condition::requireUpdateAllowed))
			.doOnNext((stored) -> {
				if (stored.changed()) {
					this.events.writeBy(signedIn.getName(), SecurityEvent.ROLES_CHANGED, reader, request);
				}
			})
			.map(RoleController::response);
	}

	private static ResponseEntity<RolesDocument> response(AccountRoles stored) {
		return ResponseEntity.ok()
			.eTag(new EntityTag(stored.version()).toString())
			.body(new RolesDocument(stored.roles()));
	}

	/** The roles of an account, in requests and responses. */
	record RolesDocument(@NotNull(message = "is missing") @Size(max = MAX_ROLES,
			message = "must be a list of {max} roles at most") List<@NotNull(message = "is missing") @Pattern(
					regexp = Role.CURATOR + "|" + Role.OPERATOR,
					message = "must be curator or operator") String> roles) {

		private static final int MAX_ROLES = 10;

	}

}
