package lectern.progress.model;

/** How many steps of a gate it takes to pass it. */
public sealed interface Rule {

	/** Whether so many finished steps out of all are enough. */
	default boolean isMetBy(int finished, int steps) {
		return switch (this) {
			case All _ -> finished == steps;
			case Any any -> finished >= any.count();
		};
	}

	/** Every step; a gate without steps is passed as soon as it opens. */
	record All() implements Rule {
	}

	/**
	 * So many steps, whichever they are.
	 *
	 * @param count at least 1
	 */
	record Any(int count) implements Rule {
	}

}
