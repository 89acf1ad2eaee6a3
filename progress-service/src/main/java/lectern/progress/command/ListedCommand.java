package lectern.progress.command;

/** A line of a list of commands. */
sealed interface ListedCommand permits CommandLine, RefusedCommand, ListedCommand.BlankLine {

	/** The number of the line, from 1. */
	int number();

	/** A line without content, which is allowed between commands. */
	record BlankLine(int number) implements ListedCommand {
	}

}
