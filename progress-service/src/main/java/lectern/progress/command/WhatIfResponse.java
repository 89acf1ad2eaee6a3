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
 * What commands would lead to.
 *
 * @param reading as it would stand
 * @param forecast of that reading
 * @param commands what each would do, in their order
 */
record WhatIfResponse(ReadingDocument reading, ForecastResponse forecast, List<Effect> commands) {

	WhatIfResponse {
		commands = List.copyOf(commands);
	}

	/**
	 * What a command would do.
	 *
	 * @param changed whether anything would happen; if not, it is in effect already
	 * @param moved whether a report would move the position; null for other commands
	 * @param reason why it would not, as a word for programs
	 * @param changes the members of the reading that would be others
	 */
	record Effect(boolean changed, @Nullable Boolean moved, @Nullable String reason, @Nullable Record changes) {

		/** It is in effect already. */
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
