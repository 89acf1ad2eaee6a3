package lectern.progress.command;

import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;

/**
 * The response to a restore.
 *
 * @param undo the cursor whose restore undoes this one; null if it changed nothing
 * @param reading the reading after the command
 */
record RestoreResponse(@Nullable String undo, ReadingDocument reading) {

	static RestoreResponse of(CommandResult result) {
		String before = result.cursor().at(result.lastEvent().position() - 1).toString();
		return new RestoreResponse(result.changed() ? before : null, result.reading());
	}

}
