package lectern.progress.query;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import lectern.progress.representation.ReadingId;
import lectern.web.KeysetPageRequest;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The place of a reading in the list by latest use.
 *
 * @param position the position in the log of the last event of the reading
 * @param id the id of the reading
 */
record RecencyKey(long position, UUID id) {

	/** Before all readings. */
	static final RecencyKey FIRST = new RecencyKey(Long.MAX_VALUE, new UUID(-1, -1));

	private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}):(" + ReadingId.REGEX + ")");

	/** Return the key that the page starts after; null for the first page. */
	static @Nullable RecencyKey after(KeysetPageRequest request) {
		String text = request.after();
		if (text == null) {
			return null;
		}
		Matcher matcher = TEXT.matcher(text);
		if (!matcher.matches()) {
			throw Problem.invalidParameter("page", "is not a page of this list; start without it");
		}
		return new RecencyKey(Long.parseLong(matcher.group(1)), UUID.fromString(matcher.group(2)));
	}

	/** Return the text from which a page request reads the key. */
	String toText() {
		return this.position + ":" + this.id;
	}

}
