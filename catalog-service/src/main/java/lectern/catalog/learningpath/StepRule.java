package lectern.catalog.learningpath;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.Min;

/**
 * How many steps of a gate it takes to pass it. Its JSON is <code>{"type":"all"}</code>
 * or <code>{"type":"any","count":2}</code>.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({ @JsonSubTypes.Type(name = "all", value = StepRule.AllSteps.class),
		@JsonSubTypes.Type(name = "any", value = StepRule.AnySteps.class) })
public sealed interface StepRule {

	/** Whether somebody who has taken so many steps, all there are, has done enough. */
	default boolean isSatisfiableWith(int steps) {
		return switch (this) {
			case AllSteps _ -> true;
			case AnySteps any -> any.count() <= steps;
		};
	}

	/** Every step; a gate without steps is passed as soon as it opens. */
	record AllSteps() implements StepRule {
	}

	/**
	 * So many steps, whichever they are.
	 *
	 * @param count at least 1
	 */
	record AnySteps(@Min(value = 1, message = "must be at least 1") int count) implements StepRule {
	}

}
