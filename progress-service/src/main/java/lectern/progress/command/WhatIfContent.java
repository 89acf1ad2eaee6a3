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
record WhatIfContent(@NotNull(message = "is missing") @Size(max = MOST,
		message = "may have {max} at most") @CommandContent.ByType List<@Valid @NotNull(
				message = "is missing") CommandContent> commands) {

	static final int MOST = 1000;

	/**
	 * One too many is enough to tell: no answer lists the faults of tens of thousands.
	 */
	WhatIfContent {
		if (commands != null && commands.size() > MOST) {
			commands = commands.subList(0, MOST + 1);
		}
	}

}
