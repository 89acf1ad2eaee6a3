package lectern.acceptance.fuzz;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the answer to a request must be.
 *
 * @param outcome success, refusal or either
 * @param statuses the statuses of the refusal, unless the state of the resource or the
 * account is the reason; empty for any
 * @param parameter the parameter that the problem names; empty for none
 * @param pointer the member that the problem names; null for none
 */
record Expected(Outcome outcome, Set<Integer> statuses, String parameter, @Nullable String pointer) {

	static final Expected ACCEPTED = new Expected(Outcome.ACCEPTED, Set.of(), "", null);

	static final Expected ANYTHING = new Expected(Outcome.EITHER, Set.of(), "", null);

	static Expected refused(Integer... statuses) {
		return new Expected(Outcome.REFUSED, Set.of(statuses), "", null);
	}

	static Expected invalidParameter(String parameter) {
		return new Expected(Outcome.REFUSED, Set.of(400), parameter, null);
	}

	static Expected invalidMember(String pointer) {
		return new Expected(Outcome.REFUSED, Set.of(422), "", pointer);
	}

	/** Whether a request is to succeed. */
	enum Outcome {

		ACCEPTED, REFUSED, EITHER

	}

}
