package lectern.progress.account;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import jakarta.validation.Validator;
import lectern.web.EntityTag;
import lectern.web.JsonDocumentReader;
import lectern.web.MergePatch;
import lectern.web.Problem;
import lectern.web.Problem.Violation;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows and changes the accounts of readers. Authorization has already limited this to
 * the reader itself.
 */
@RestController
@RequestMapping(path = AccountController.PATH + "/{reader}", produces = MediaType.APPLICATION_JSON_VALUE)
class ProfileController {

	private final ProfileRepository profiles;

	private final PositionPolicies policies;

	private final PasswordPolicy passwordPolicy;

	private final PasswordReplacement passwords;

	private final JsonMapper mapper;

	private final JsonDocumentReader documents;

	ProfileController(ProfileRepository profiles, PositionPolicies policies, PasswordPolicy passwordPolicy,
			PasswordReplacement passwords, JsonMapper mapper, Validator validator) {
		this.profiles = profiles;
		this.policies = policies;
		this.passwordPolicy = passwordPolicy;
		this.passwords = passwords;
		this.mapper = mapper;
		this.documents = new JsonDocumentReader(mapper, validator);
	}

	@GetMapping
	Mono<ResponseEntity<Profile>> get(@PathVariable String reader) {
		return find(reader).map(ProfileController::response);
	}

	/**
	 * Change the profile, and the password if the current one is given as well. Another
	 * password ends all sessions, also that of the request.
	 */
	@PatchMapping(consumes = { MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE })
	Mono<ResponseEntity<Profile>> patch(@PathVariable String reader,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody Mono<JsonNode> content, JwtAuthenticationToken signedIn, ServerHttpRequest request) {
		return content.map(MergePatch::of).flatMap((patch) -> {
			PasswordChange password = PasswordChange.takeFrom(patch.members());
			if (!password.isEmpty()) {
				KeyRestriction.requireSignIn(signedIn.getToken());
			}
			return find(reader).flatMap((profile) -> change(profile, patch, password, ifMatch, request))
				.doOnNext((changed) -> this.policies.set(changed.reader(), changed.policy()))
				.map((changed) -> password.isEmpty() ? response(changed) : signedOut(changed, request));
		});
	}

	private Mono<Profile> change(Profile profile, MergePatch patch, PasswordChange password, @Nullable String ifMatch,
			ServerHttpRequest request) {
		new EntityTag(profile.version()).requireMatch(ifMatch);
		ProfileChange present = ProfileChange.of(profile);
		List<Violation> violations = new ArrayList<>(password.violations(profile.reader(), this.passwordPolicy));
		violations.addAll(unchangeable(profile, patch.members()));
		ProfileChange change = read(patch.applyTo((ObjectNode) this.mapper.valueToTree(present)), violations);
		if (!password.isEmpty()) {
			return this.passwords.replace(profile.reader(), password, request,
					(hashes) -> this.profiles.update(profile.reader(), profile.version(), change, hashes));
		}
		if (change.equals(present)) {
			return Mono.just(profile);
		}
		return this.profiles.update(profile.reader(), profile.version(), change, PasswordHashes.UNCHANGED)
			// Another request was faster.
			.switchIfEmpty(Mono.defer(
					() -> find(profile.reader()).flatMap((newer) -> change(newer, patch, password, ifMatch, request))));
	}

	/** Return the members that a patch would change, and that only others can change. */
	private List<Violation> unchangeable(Profile profile, ObjectNode patch) {
		JsonNode present = this.mapper.valueToTree(profile);
		return Stream.of("reader", "roles")
			.filter((name) -> patch.has(name) && !patch.get(name).equals(present.get(name)))
			.map((name) -> new Violation("/" + name, null, "cannot be changed here"))
			.toList();
	}

	/** Read the changed profile; tells its faults together with those found before. */
	private ProfileChange read(ObjectNode patched, List<Violation> violations) {
		try {
			ProfileChange change = this.documents.read(patched.toString(), ProfileChange.class);
			if (violations.isEmpty()) {
				return change;
			}
		}
		catch (Problem problem) {
			if (!problem.type().equals(ProblemType.INVALID)) {
				throw problem;
			}
			violations.addAll(problem.violations());
		}
		throw Problem.invalid(violations);
	}

	private Mono<Profile> find(String reader) {
		return this.profiles.find(reader)
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemType.NOT_FOUND, "No reader has this handle.")));
	}

	private static ResponseEntity<Profile> response(Profile profile) {
		return ResponseEntity.ok().eTag(new EntityTag(profile.version()).toString()).body(profile);
	}

	private static ResponseEntity<Profile> signedOut(Profile profile, ServerHttpRequest request) {
		return ResponseEntity.ok()
			.eTag(new EntityTag(profile.version()).toString())
			.header(HttpHeaders.SET_COOKIE, TokenCookie.expired(request))
			.body(profile);
	}

}
