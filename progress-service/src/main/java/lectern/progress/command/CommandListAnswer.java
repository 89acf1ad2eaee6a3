package lectern.progress.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import lectern.web.ProblemBody;
import org.jspecify.annotations.Nullable;

/**
 * A line of the response to a list of commands, in one of three forms.
 *
 * @param through all lines up to this one are stored or were refused; only with the
 * cursor
 * @param cursor the cursor of the last event that is stored, for {@code ?seen=}
 * @param line the number of a refused line; only with a problem
 * @param key the key of the refused command; null if the line has none
 * @param problem why the line was refused; without a line why the list ended early
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CommandListAnswer(@Nullable Integer through, @Nullable String cursor, @Nullable Integer line,
		@Nullable String key, @Nullable ProblemBody problem) {

	static CommandListAnswer of(RefusedCommand refused) {
		return new CommandListAnswer(null, null, refused.number(), refused.key(), ProblemBody.of(refused.reason()));
	}

	static CommandListAnswer through(int line, @Nullable String cursor) {
		return new CommandListAnswer(line, cursor, null, null, null);
	}

	/** The list ended early, after its first answers. */
	static CommandListAnswer ended(Throwable reason) {
		return new CommandListAnswer(null, null, null, null, ProblemBody.of(reason));
	}

}
