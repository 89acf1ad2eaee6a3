package lectern.progress.model;

/** How many steps of a gate it takes to pass it. */
public sealed interface PassRule {

	/** Whether so many finished steps out of all are enough. */
	default boolean isSatisfiedBy(int finished, int steps) {
		return switch (this) {
			case EveryStep _ -> finished == steps;
			case MinimumSteps any -> finished >= any.count();
		};
	}

	/** Every step; a gate without steps is passed as soon as it opens. */
	record EveryStep() implements PassRule {
	}

	/**
	 * So many steps, whichever they are.
	 *
	 * @param count at least 1
	 */
	record MinimumSteps(int count) implements PassRule {
	}

}
