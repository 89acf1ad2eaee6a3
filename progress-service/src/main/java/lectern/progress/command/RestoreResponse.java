package lectern.progress.command;

import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;

/**
 * What a restore led to.
 *
 * @param undo the cursor to restore to in order to take it back; null when it changed
 * nothing
 * @param reading as it stands now
 */
record RestoreResponse(@Nullable String undo, ReadingDocument reading) {

	static RestoreResponse of(CommandResult outcome) {
		String before = outcome.cursor().at(outcome.lastEvent().position() - 1).toString();
		return new RestoreResponse(outcome.changed() ? before : null, outcome.reading());
	}

}
