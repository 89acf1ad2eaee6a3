package lectern.progress.command;

import java.util.Locale;

import lectern.progress.model.IgnoredReason;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;

/**
 * What a report led to.
 *
 * @param moved whether the reported position is the current one now
 * @param reason why not, as a word for programs; null when it moved
 * @param reading as it stands now
 */
record PositionResponse(boolean moved, @Nullable String reason, ReadingDocument reading) {

	/** It was kept when it was sent for the first time. */
	static final String ALREADY_REPORTED = "reported-already";

	static PositionResponse of(CommandResult outcome) {
		if (!outcome.changed() || !(outcome.lastEvent().payload() instanceof PositionReported reported)) {
			return new PositionResponse(false, ALREADY_REPORTED, outcome.reading());
		}
		return new PositionResponse(reported.moved(), reason(reported), outcome.reading());
	}

	/** Why a report did not move the position, as a word; null when it did. */
	static @Nullable String reason(PositionReported reported) {
		IgnoredReason unmoved = reported.unmoved();
		return (unmoved != null) ? unmoved.name().toLowerCase(Locale.ROOT).replace('_', '-') : null;
	}

}
