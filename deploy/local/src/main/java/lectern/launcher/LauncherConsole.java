package lectern.launcher;

/** Prints the progress messages of the launcher. */
@FunctionalInterface
interface LauncherConsole {

	void printLine(String line);

}
