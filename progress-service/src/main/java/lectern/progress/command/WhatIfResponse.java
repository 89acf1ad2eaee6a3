package lectern.progress.command;

import java.util.List;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.representation.ForecastResponse;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;

/**
 * The result of evaluating commands without storing them.
 *
 * @param reading the reading after all commands
 * @param forecast the forecast of that reading
 * @param commands the effect of each command, in the order of the request
 */
record WhatIfResponse(ReadingDocument reading, ForecastResponse forecast, List<Effect> commands) {

	WhatIfResponse {
		commands = List.copyOf(commands);
	}

	/**
	 * The effect of a command.
	 *
	 * @param changed whether the command would change the reading
	 * @param moved whether a report would move the position; null for other commands
	 * @param reason why it would not, as a machine-readable word; null if it would
	 * @param changes the changed members of the reading; null if nothing would change
	 */
	record Effect(boolean changed, @Nullable Boolean moved, @Nullable String reason, @Nullable Record changes) {

		/** The effect of a command that changes nothing. */
		static Effect unchanged(ReadingCommand command) {
			return (command instanceof ReportPosition)
					? new Effect(false, false, PositionResponse.ALREADY_REPORTED, null)
					: new Effect(false, null, null, null);
		}

		static Effect of(StoredEvent event) {
			Record changes = ReadingDocument.changesOf(event);
			return (event.payload() instanceof PositionReported reported)
					? new Effect(true, reported.moved(), PositionResponse.reason(reported), changes)
					: new Effect(true, null, null, changes);
		}

	}

}
