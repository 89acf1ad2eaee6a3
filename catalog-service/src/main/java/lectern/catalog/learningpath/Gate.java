package lectern.catalog.learningpath;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import lectern.catalog.book.ValidId;
import lectern.web.PlainText;
import org.hibernate.validator.constraints.UniqueElements;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a learning path. An absent list becomes an empty list. A value read from
 * JSON satisfies the constraints only after validation.
 *
 * @param id unique within the path
 * @param needs ids of the gates of the same path that must be passed before this one
 * opens
 * @param rule how many steps pass the gate; all of them if absent
 */
public record Gate(@NotNull(message = "is missing") @ValidId String id,
		@NotNull(message = "is missing") @PlainText(max = 500) String title,
		@PlainText(max = 5000, multiline = true) @Nullable String summary,
		@Size(max = 100, message = TOO_MANY) @UniqueElements(
				message = "must not name a gate twice") List<@NotNull(message = "is missing") @ValidId String> needs,
		@Size(max = 100, message = TOO_MANY) List<@NotNull(message = "is missing") @Valid Step> steps,
		@Valid StepRule rule) {

	static final String TOO_MANY = "must have at most {max} entries";

	public Gate {
		needs = copyKeepingNulls(needs);
		steps = copyKeepingNulls(steps);
		rule = (rule != null) ? rule : new StepRule.AllSteps();
	}

	/** Unlike List.copyOf it keeps nulls, so that validation can report their pointer. */
	static <T> List<T> copyKeepingNulls(@Nullable List<T> list) {
		return (list == null) ? List.of() : Collections.unmodifiableList(new ArrayList<>(list));
	}

}
