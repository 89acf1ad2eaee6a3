package lectern.launcher;

import java.util.regex.Pattern;

/**
 * A file of PostgreSQL's write-ahead log, with the usual size of 16 MB.
 *
 * @param timeline the timeline; each restore begins one
 * @param number the place in the log, from 0; it is the same file in all timelines
 */
record WalFile(int timeline, long number) {

	private static final Pattern NAME = Pattern.compile("[0-9A-F]{24}");

	private static final int HEX = 16;

	/** How many files have the same upper half of their position. */
	private static final long FILES = 1L << 8;

	private static final int SHIFT = 24;

	/** Return whether it is the name of a whole file of the log. */
	static boolean isName(String name) {
		return NAME.matcher(name).matches();
	}

	/** Parse a name such as {@code 000000010000000A000000FF}. */
	static WalFile parse(String name) {
		return new WalFile(Integer.parseUnsignedInt(name, 0, 8, HEX),
				Long.parseLong(name, 8, HEX, HEX) * FILES + Long.parseLong(name, HEX, 24, HEX));
	}

	/**
	 * Return the number of the file that contains a position.
	 * @param position such as {@code A/FF000028}
	 */
	static long numberAt(String position) {
		int slash = position.indexOf('/');
		return Long.parseLong(position.substring(0, slash), HEX) * FILES
				+ (Long.parseLong(position.substring(slash + 1), HEX) >> SHIFT);
	}

	@Override
	public String toString() {
		return "%08X%08X%08X".formatted(this.timeline, this.number / FILES, this.number % FILES);
	}

}
