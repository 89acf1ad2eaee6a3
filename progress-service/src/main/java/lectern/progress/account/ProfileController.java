package lectern.progress.account;

import jakarta.validation.Validator;
import lectern.web.EntityTag;
import lectern.web.JsonDocumentReader;
import lectern.web.MergePatch;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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

	private final JsonMapper mapper;

	private final JsonDocumentReader documents;

	ProfileController(ProfileRepository profiles, PositionPolicies policies, JsonMapper mapper, Validator validator) {
		this.profiles = profiles;
		this.policies = policies;
		this.mapper = mapper;
		this.documents = new JsonDocumentReader(mapper, validator);
	}

	@GetMapping
	Mono<ResponseEntity<Profile>> get(@PathVariable String reader) {
		return find(reader).map(ProfileController::response);
	}

	@PatchMapping(consumes = { MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE })
	Mono<ResponseEntity<Profile>> patch(@PathVariable String reader,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody Mono<JsonNode> content) {
		return content.map(MergePatch::of)
			.flatMap((patch) -> find(reader).flatMap((profile) -> change(profile, patch, ifMatch)))
			.doOnNext((changed) -> this.policies.set(changed.reader(), changed.policy()))
			.map(ProfileController::response);
	}

	private Mono<Profile> change(Profile profile, MergePatch patch, @Nullable String ifMatch) {
		new EntityTag(profile.version()).requireMatch(ifMatch);
		ProfileChange present = ProfileChange.of(profile);
		ObjectNode patched = patch.applyTo((ObjectNode) this.mapper.valueToTree(present));
		ProfileChange change = this.documents.read(patched.toString(), ProfileChange.class);
		if (change.equals(present)) {
			return Mono.just(profile);
		}
		return this.profiles.update(profile.reader(), profile.version(), change)
			// Another request was faster.
			.switchIfEmpty(Mono.defer(() -> find(profile.reader()).flatMap((newer) -> change(newer, patch, ifMatch))));
	}

	private Mono<Profile> find(String reader) {
		return this.profiles.find(reader)
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemType.NOT_FOUND, "No reader has this handle.")));
	}

	private static ResponseEntity<Profile> response(Profile profile) {
		return ResponseEntity.ok().eTag(new EntityTag(profile.version()).toString()).body(profile);
	}

}
