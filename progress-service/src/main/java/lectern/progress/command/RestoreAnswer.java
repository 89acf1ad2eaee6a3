package lectern.progress.command;

import org.jspecify.annotations.Nullable;

import lectern.progress.document.ReadingDocument;

/**
 * What a restore led to.
 *
 * @param undo the cursor to restore to in order to take it back; null when it changed
 * nothing
 * @param reading as it stands now
 */
record RestoreAnswer(@Nullable String undo, ReadingDocument reading) {

	static RestoreAnswer of(Outcome outcome) {
		String before = outcome.cursor().at(outcome.last().position() - 1).toString();
		return new RestoreAnswer(outcome.changed() ? before : null, outcome.reading());
	}

}
