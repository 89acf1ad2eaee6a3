package lectern.progress.command;

import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingRemoved;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;

/**
 * The response to a command that can be undone, or that undoes another one.
 *
 * @param undo undoes the command: the cursor before its event; null if there is nothing
 * to undo
 * @param reading the reading after the command
 */
record UndoableResponse(@Nullable String undo, ReadingDocument reading) {

	/** A removal that was in effect before answers how to undo that. */
	static UndoableResponse of(ReadingCommandResult result) {
		Object last = result.lastEvent().payload();
		boolean undoable = last instanceof ReadingRemoved || (last instanceof PositionRestored && result.changed());
		String before = result.cursor().at(result.lastEvent().position() - 1).toString();
		return new UndoableResponse(undoable ? before : null, result.reading());
	}

}
