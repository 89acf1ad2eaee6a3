package lectern.progress.command;

import java.util.function.Predicate;

import lectern.web.EntityTag;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * The precondition of a change of a reading.
 *
 * @param ifMatch the If-Match header, the version on which the command is based; null if
 * absent
 * @param requiresIfMatch whether the header is required in a state, because the command
 * would replace something
 * @param isInEffect whether the command has no effect in a state, so that nothing is
 * checked
 */
record ReadingPrecondition(@Nullable String ifMatch, Predicate<ReadingState> requiresIfMatch,
		Predicate<ReadingState> isInEffect) {

	/** No precondition. */
	static final ReadingPrecondition NONE = ofIfMatch(null);

	/** A precondition of a command that may have an effect in every state. */
	ReadingPrecondition(@Nullable String ifMatch, Predicate<ReadingState> requiresIfMatch) {
		this(ifMatch, requiresIfMatch, (_) -> false);
	}

	/**
	 * The precondition of a removal. It can be repeated, even if the response to the
	 * first one was lost.
	 */
	static ReadingPrecondition ofRemoval(@Nullable String ifMatch) {
		return new ReadingPrecondition(ifMatch, (state) -> state.version() > 0, ReadingState::wasRemoved);
	}

	/**
	 * The precondition of a command that replaces nothing, so that the header is
	 * optional.
	 */
	static ReadingPrecondition ofIfMatch(@Nullable String ifMatch) {
		return new ReadingPrecondition(ifMatch, (_) -> false);
	}

	/**
	 * Check the precondition.
	 * @param reading the current state of the reading
	 * @throws Problem with status 412 if the versions differ, 428 if a required header is
	 * absent
	 */
	void check(ReadingState reading) {
		if (this.isInEffect.test(reading)) {
			return;
		}
		if (this.requiresIfMatch.test(reading) || (this.ifMatch != null && reading.version() > 0)) {
			new EntityTag(reading.version()).requireMatch(this.ifMatch);
		}
		else if (this.ifMatch != null) {
			throw Problem.of(ProblemType.PRECONDITION_FAILED, "If-Match was sent, but the resource does not exist.");
		}
	}

}
