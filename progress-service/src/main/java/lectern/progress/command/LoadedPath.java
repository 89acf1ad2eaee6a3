package lectern.progress.command;

import lectern.progress.pathprogress.PathState;
import lectern.streaming.log.Cursor;

/**
 * A path as it was loaded for a command.
 *
 * @param cursor a cursor of the log that the state is at least as new as
 */
record LoadedPath(Cursor cursor, PathState state) {

	/** The version of the stream, which is not the version of the document. */
	int version() {
		return this.state.events().size();
	}

}
