package lectern.progress.model;

/** How many steps of a gate a reader must finish to pass it. */
public sealed interface PassRule {

	/** Whether this number of finished steps, out of all steps of the gate, is enough. */
	default boolean isSatisfiedBy(int finished, int steps) {
		return switch (this) {
			case EveryStep _ -> finished == steps;
			case MinimumSteps any -> finished >= any.count();
		};
	}

	/** All steps. A gate without steps is passed as soon as it opens. */
	record EveryStep() implements PassRule {
	}

	/**
	 * A number of steps, in any selection.
	 *
	 * @param count at least 1
	 */
	record MinimumSteps(int count) implements PassRule {
	}

}
