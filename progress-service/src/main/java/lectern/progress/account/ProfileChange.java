package lectern.progress.account;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a reader can change of the account, as it is after a merge patch. The members that
 * were read with it are accepted and ignored; {@code ProfileController} rejects another
 * handle and other roles. The non-null types hold after validation.
 *
 * @param policy null for {@code latest}
 * @param zone null to choose none
 */
@JsonIgnoreProperties({ "reader", "roles", "version", "createdAt" })
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProfileChange(@NotNull(message = "is missing") @ReaderName String name,
		@Pattern(regexp = LATEST + "|" + FURTHEST, message = "must be latest or furthest") @Nullable String policy,
		@ValidZone @Nullable String zone) {

	static final String LATEST = "latest";

	static final String FURTHEST = "furthest";

	static ProfileChange of(Profile profile) {
		return new ProfileChange(profile.name(), profile.policy(), profile.zone());
	}

	String policyOrDefault() {
		return (this.policy != null) ? this.policy : LATEST;
	}

}
