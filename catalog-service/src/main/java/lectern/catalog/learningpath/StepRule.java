package lectern.catalog.learningpath;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.Min;

/**
 * How many steps of a gate a reader must finish to pass it. Its JSON is
 * <code>{"type":"all"}</code> or <code>{"type":"any","count":2}</code>.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({ @JsonSubTypes.Type(name = "all", value = StepRule.AllSteps.class),
		@JsonSubTypes.Type(name = "any", value = StepRule.AnySteps.class) })
public sealed interface StepRule {

	/** Whether a gate with this number of steps can be passed. */
	default boolean isSatisfiableWith(int steps) {
		return switch (this) {
			case AllSteps _ -> true;
			case AnySteps any -> any.count() <= steps;
		};
	}

	/** All steps. A gate without steps is passed as soon as it opens. */
	record AllSteps() implements StepRule {
	}

	/**
	 * Any steps of the gate, in the given number.
	 *
	 * @param count at least 1
	 */
	record AnySteps(@Min(value = 1, message = "must be at least 1") int count) implements StepRule {
	}

}
