package lectern.progress.command;

import java.util.function.Predicate;

import lectern.web.EntityTag;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * On what condition a reading is to be changed.
 *
 * @param ifMatch the header of that name: the version that the command was made on; null
 * if it was not said
 * @param requiresIfMatch whether there is something already that would be replaced: then
 * it has to be said
 */
record ReadingPrecondition(@Nullable String ifMatch, Predicate<ReadingState> requiresIfMatch) {

	/** Whatever the reading is. */
	static final ReadingPrecondition NONE = ofIfMatch(null);

	/** What is added replaces nothing, and may be made on whatever there is. */
	static ReadingPrecondition ofIfMatch(@Nullable String ifMatch) {
		return new ReadingPrecondition(ifMatch, (_) -> false);
	}

	/**
	 * Let a command pass.
	 * @param reading as it is now
	 * @throws Problem 412 if it was made on another version, 428 if that has to be said
	 */
	void check(ReadingState reading) {
		if (this.requiresIfMatch.test(reading) || (this.ifMatch != null && reading.version() > 0)) {
			new EntityTag(reading.version()).requireMatch(this.ifMatch);
		}
		else if (this.ifMatch != null) {
			throw Problem.of(ProblemType.PRECONDITION_FAILED, "If-Match was sent, but the resource does not exist.");
		}
	}

}
