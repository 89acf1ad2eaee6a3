package lectern.launcher;

/** Where the launcher tells its progress, a line at a time. */
@FunctionalInterface
interface LauncherConsole {

	void printLine(String line);

}
