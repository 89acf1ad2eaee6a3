package lectern.progress.query;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

import lectern.progress.document.ReadingId;
import lectern.progress.document.ReadingStatus;
import lectern.progress.projection.Seen;
import lectern.web.PageRequest;
import lectern.web.Problem;

/** What the lists of readings are asked for, now and in the past. */
final class ReadingParameters {

	static final String STATUS = "status";

	private ReadingParameters() {
	}

	/** What was seen; null if nothing was said. */
	static @Nullable String seen(MultiValueMap<String, String> parameters) {
		List<String> values = parameters.get(Seen.PARAMETER);
		if (values == null) {
			return null;
		}
		if (values.size() > 1) {
			throw Problem.parameter(Seen.PARAMETER, "is given more than once");
		}
		return values.getFirst();
	}

	/** The status that is wanted; null for all. */
	static @Nullable ReadingStatus status(MultiValueMap<String, String> parameters) {
		String word = parameters.getFirst(STATUS);
		return (word == null) ? null : ReadingStatus.of(word)
			.orElseThrow(() -> Problem.parameter(STATUS, "must be reading, finished or abandoned"));
	}

	/** The id that a page comes after; null for the first. */
	static @Nullable UUID after(PageRequest request) {
		String key = request.after();
		if (key != null && !key.matches(ReadingId.FORM)) {
			throw Problem.parameter("page", "is not a page of this list; begin without it");
		}
		return (key != null) ? UUID.fromString(key) : null;
	}

}
