package lectern.progress.command;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import lectern.progress.document.ReadingDocument;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.Unmoved;

/**
 * What a report led to.
 *
 * @param moved whether the reported position is the current one now
 * @param reason why not, as a word for programs; null when it moved
 * @param reading as it stands now
 */
record PositionAnswer(boolean moved, @Nullable String reason, ReadingDocument reading) {

	/** It was kept when it was sent for the first time. */
	static final String AGAIN = "reported-already";

	static PositionAnswer of(Outcome outcome) {
		if (!outcome.changed() || !(outcome.last().payload() instanceof PositionReported reported)) {
			return new PositionAnswer(false, AGAIN, outcome.reading());
		}
		return new PositionAnswer(reported.moved(), reason(reported), outcome.reading());
	}

	/** Why a report did not move the position, as a word; null when it did. */
	static @Nullable String reason(PositionReported reported) {
		Unmoved unmoved = reported.unmoved();
		return (unmoved != null) ? unmoved.name().toLowerCase(Locale.ROOT).replace('_', '-') : null;
	}

}
