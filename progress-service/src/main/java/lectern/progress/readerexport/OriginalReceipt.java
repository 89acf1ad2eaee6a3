package lectern.progress.readerexport;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The member of a stored event that says when it was received by the log from which it
 * was imported. An export shows this time, and not the member.
 *
 * @param receivedAt when the first log has received the event
 * @param data the JSON of the event without the member
 */
public record OriginalReceipt(Instant receivedAt, String data) {

	/** The name of the member. */
	public static final String MEMBER = "originalReceivedAt";

	/**
	 * As PostgreSQL writes the member. A quote within a text is escaped, so nothing else
	 * looks like it.
	 */
	private static final Pattern STORED = Pattern.compile("(, )?\"" + MEMBER + "\": \"([^\"\\\\]*)\"(, )?");

	/**
	 * Take the member out of the stored JSON, without changing the rest.
	 * @param stored the JSON as PostgreSQL writes it
	 * @param receivedAt when this log has received the event
	 */
	public static OriginalReceipt of(String stored, Instant receivedAt) {
		Matcher member = stored.contains(MEMBER) ? STORED.matcher(stored) : null;
		if (member == null || !member.find()) {
			return new OriginalReceipt(receivedAt, stored);
		}
		String between = (member.group(1) != null && member.group(3) != null) ? ", " : "";
		return new OriginalReceipt(Instant.parse(member.group(2)),
				stored.substring(0, member.start()) + between + stored.substring(member.end()));
	}

}
