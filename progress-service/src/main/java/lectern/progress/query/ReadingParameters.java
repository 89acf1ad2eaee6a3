package lectern.progress.query;

import java.util.UUID;
import java.util.regex.Pattern;

import lectern.progress.representation.ReadingId;
import lectern.progress.representation.ReadingStatus;
import lectern.web.KeysetPageRequest;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

/** Parses the parameters of lists of readings, current and past. */
final class ReadingParameters {

	static final String STATUS = "status";

	static final String BOOK = "book";

	static final String ORDER = "order";

	/** The only value of the order; without it a list is ordered by id. */
	private static final String RECENT = "recent";

	private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,200}");

	private ReadingParameters() {
	}

	/** Return the status to filter by. */
	static ReadingStatus status(String value) {
		return ReadingStatus.fromValue(value)
			.orElseThrow(() -> Problem.invalidParameter(STATUS, "must be reading, finished or abandoned"));
	}

	/** Return the book to filter by, known or not. */
	static String book(String value) {
		if (!SLUG.matcher(value).matches()) {
			throw Problem.invalidParameter(BOOK, "must be the id of a book");
		}
		return value;
	}

	/** Return true if the list is ordered by latest use. */
	static boolean isRecent(String value) {
		if (!value.equals(RECENT)) {
			throw Problem.invalidParameter(ORDER, "must be recent, or be absent for the order of the ids");
		}
		return true;
	}

	/** Reject the axis of a read of the present, in which both times are the same. */
	static boolean rejectAxis(String value) {
		throw Problem.invalidParameter(TimeAxis.PARAMETER, "needs asOf");
	}

	/** Return the id that the page starts after; null for the first page. */
	static @Nullable UUID afterId(KeysetPageRequest request) {
		String key = request.after();
		if (key != null && !key.matches(ReadingId.REGEX)) {
			throw Problem.invalidParameter("page", "is not a page of this list; start without it");
		}
		return (key != null) ? UUID.fromString(key) : null;
	}

}
