package lectern.progress.command;

import org.jspecify.annotations.Nullable;

import lectern.progress.document.ReadingDocument;
import lectern.progress.model.ReadingEvent.PositionReported;

/**
 * What a report led to.
 *
 * @param moved whether the reported position is the current one now
 * @param reason why not, as a word for programs; null when it moved
 * @param reading as it stands now
 */
record PositionAnswer(boolean moved, @Nullable String reason, ReadingDocument reading) {

	/** The reader has been somewhere else since; the report is kept all the same. */
	private static final String LATE = "occurred-before-current";

	static PositionAnswer of(Outcome outcome) {
		boolean moved = outcome.last().payload() instanceof PositionReported reported && reported.moved();
		return new PositionAnswer(moved, moved ? null : LATE, outcome.reading());
	}

}
