package lectern.progress.query;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import lectern.progress.projection.ReadYourWrites;
import lectern.progress.representation.ReadingId;
import lectern.progress.representation.ReadingStatus;
import lectern.web.KeysetPageRequest;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

/** Parses the parameters of lists of readings, current and past. */
final class ReadingParameters {

	static final String STATUS = "status";

	static final String BOOK = "book";

	private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,200}");

	private ReadingParameters() {
	}

	/** Return the cursor that the client has seen; null if the parameter is absent. */
	static @Nullable String seenCursor(MultiValueMap<String, String> parameters) {
		List<String> values = parameters.get(ReadYourWrites.PARAMETER);
		if (values == null) {
			return null;
		}
		if (values.size() > 1) {
			throw Problem.invalidParameter(ReadYourWrites.PARAMETER, "is given more than once");
		}
		return values.getFirst();
	}

	/** Return the status to filter by; null for all. */
	static @Nullable ReadingStatus status(MultiValueMap<String, String> parameters) {
		String value = parameters.getFirst(STATUS);
		return (value == null) ? null : ReadingStatus.fromValue(value)
			.orElseThrow(() -> Problem.invalidParameter(STATUS, "must be reading, finished or abandoned"));
	}

	/** Return the book to filter by, known or not; null for all. */
	static @Nullable String book(MultiValueMap<String, String> parameters) {
		String value = parameters.getFirst(BOOK);
		if (value != null && !SLUG.matcher(value).matches()) {
			throw Problem.invalidParameter(BOOK, "must be the id of a book");
		}
		return value;
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
