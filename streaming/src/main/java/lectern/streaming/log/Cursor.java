package lectern.streaming.log;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a log. Clients compare cursors for equality only; the text is ours to read.
 *
 * @param epoch which life of the log it belongs to, minted when the log is created and by
 * every restore from a backup: 8 to 16 lower-case letters and digits
 * @param position how many events the log held when the event at this place was
 * committed; 0 is the beginning
 */
public record Cursor(String epoch, long position) {

	/** The header in which writes and reads answer a cursor. */
	public static final String HEADER = "Cursor";

	private static final Pattern TEXT = Pattern.compile("([a-z0-9]{8,16})-([a-z0-9]{1,13})");

	/** The cursor that a text stands for; empty if it is none of ours. */
	public static Optional<Cursor> parse(String text) {
		Matcher matcher = TEXT.matcher(text);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		try {
			long position = Long.parseLong(matcher.group(2), Character.MAX_RADIX);
			return Optional.of(new Cursor(matcher.group(1), position));
		}
		catch (NumberFormatException _) {
			return Optional.empty();
		}
	}

	/** The place in the same log after the given number of events. */
	public Cursor at(long otherPosition) {
		return new Cursor(this.epoch, otherPosition);
	}

	/** URL-safe, at most 30 characters. */
	@Override
	public String toString() {
		return this.epoch + "-" + Long.toString(this.position, Character.MAX_RADIX);
	}

}
