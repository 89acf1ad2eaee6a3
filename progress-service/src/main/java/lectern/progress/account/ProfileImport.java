package lectern.progress.account;

import jakarta.validation.Validator;
import lectern.web.JsonDocumentReader;
import lectern.web.Problem;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.stereotype.Component;

/** Replaces the profile of a reader by that of an export. */
@Component
public class ProfileImport {

	private final ProfileRepository profiles;

	private final PositionPolicies policies;

	private final JsonDocumentReader documents;

	ProfileImport(ProfileRepository profiles, PositionPolicies policies, JsonMapper mapper, Validator validator) {
		this.profiles = profiles;
		this.policies = policies;
		this.documents = new JsonDocumentReader(mapper, validator);
	}

	/**
	 * Replace name, policy and zone.
	 * @param document these members and no others
	 * @return cold; fails with a {@link Problem} if a member is not valid; completes
	 * without a change if the profile is changed meanwhile
	 */
	public Mono<Void> replace(String reader, ObjectNode document) {
		return Mono.fromSupplier(() -> this.documents.read(document.toString(), ProfileChange.class))
			.flatMap((change) -> this.profiles.find(reader)
				.filter((present) -> !ProfileChange.of(present).equals(change))
				.flatMap(
						(present) -> this.profiles.update(reader, present.version(), change, PasswordHashes.UNCHANGED)))
			.doOnNext((changed) -> this.policies.set(reader, changed.policy()))
			.then();
	}

}
