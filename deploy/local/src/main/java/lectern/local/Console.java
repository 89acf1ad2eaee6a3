package lectern.local;

/** Where the launcher tells its progress, a line at a time. */
@FunctionalInterface
interface Console {

	void say(String line);

}
