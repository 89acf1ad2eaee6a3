package lectern.progress.command;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * The request body of a what-if evaluation. The non-null types hold after validation.
 *
 * @param commands the commands to evaluate one after another
 */
record WhatIfRequest(@NotNull(message = "is missing") @Size(max = MAX_COMMANDS,
		message = "must have at most {max} entries") @ReadingCommandRequest.DiscriminatedByType List<@Valid @NotNull(
				message = "is missing") ReadingCommandRequest> commands) {

	static final int MAX_COMMANDS = 1000;

	/**
	 * Keeps only one command over the limit, so that no response lists the errors of tens
	 * of thousands of commands.
	 */
	WhatIfRequest {
		if (commands != null && commands.size() > MAX_COMMANDS) {
			commands = commands.subList(0, MAX_COMMANDS + 1);
		}
	}

}
