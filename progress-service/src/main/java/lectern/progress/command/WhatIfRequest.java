package lectern.progress.command;

import java.math.BigDecimal;
import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The request body of a what-if evaluation. The non-null types hold after validation.
 *
 * @param commands the commands to evaluate one after another
 * @param pace the pace to assume in the forecast; null for the pace so far
 */
record WhatIfRequest(@NotNull(message = "is missing") @Size(max = MAX_COMMANDS,
		message = "must have at most {max} entries") @ReadingCommandRequest.DiscriminatedByType List<@Valid @NotNull(
				message = "is missing") TimedRequest> commands,
		@Valid @Nullable PaceRequest pace) {

	static final int MAX_COMMANDS = 1000;

	/** The assumed pace as a number; null without one. */
	@Nullable Double perDay() {
		return (this.pace != null) ? this.pace.perDay().doubleValue() : null;
	}

	/**
	 * A pace, in the form of forecasts.
	 *
	 * @param perDay the part of the book read per day; above 1 for several books a day
	 */
	record PaceRequest(@NotNull(message = "is missing") @DecimalMin(value = "0.000001",
			message = RANGE) @DecimalMax(value = "24", message = RANGE) BigDecimal perDay) {

		static final String RANGE = "must be a number from 0.000001 to 24";

	}

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
