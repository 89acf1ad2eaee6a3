package lectern.progress.command;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * What is sent to learn what commands would lead to. The constraints hold for what has
 * passed validation.
 *
 * @param commands to be obeyed one after the other
 */
record WhatIfRequest(@NotNull(message = "is missing") @Size(max = MAX_COMMANDS,
		message = "must have at most {max} entries") @ReadingCommandRequest.DiscriminatedByType List<@Valid @NotNull(
				message = "is missing") ReadingCommandRequest> commands) {

	static final int MAX_COMMANDS = 1000;

	/**
	 * One too many is enough to tell: no answer lists the faults of tens of thousands.
	 */
	WhatIfRequest {
		if (commands != null && commands.size() > MAX_COMMANDS) {
			commands = commands.subList(0, MAX_COMMANDS + 1);
		}
	}

}
