package lectern.streaming.log;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in a log, together with the log's identity. Clients compare cursors only for
 * equality; only the services parse the text.
 *
 * @param epoch the identity of the log, created with the log and again by every restore
 * from a backup: 8 to 16 lower-case letters and digits
 * @param position how many events the log held when the event at this position was
 * committed; 0 is the beginning
 */
public record Cursor(String epoch, long position) {

	/** The response header with the cursor of a read or write. */
	public static final String HEADER = "Cursor";

	private static final Pattern TEXT = Pattern.compile("([a-z0-9]{8,16})-([a-z0-9]{1,13})");

	/** Parse a cursor; empty if the text is not a cursor of this format. */
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

	/** The cursor of another position in the same log. */
	public Cursor at(long otherPosition) {
		return new Cursor(this.epoch, otherPosition);
	}

	/** URL-safe, at most 30 characters. */
	@Override
	public String toString() {
		return this.epoch + "-" + Long.toString(this.position, Character.MAX_RADIX);
	}

}
