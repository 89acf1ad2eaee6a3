package lectern.progress.query;

import java.util.List;
import java.util.UUID;

import lectern.progress.projection.ReadYourWrites;
import lectern.progress.representation.ReadingId;
import lectern.progress.representation.ReadingStatus;
import lectern.web.KeysetPageRequest;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

/** What the lists of readings are asked for, now and in the past. */
final class ReadingParameters {

	static final String STATUS = "status";

	private ReadingParameters() {
	}

	/** What was seen; null if nothing was said. */
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

	/** The status that is wanted; null for all. */
	static @Nullable ReadingStatus status(MultiValueMap<String, String> parameters) {
		String word = parameters.getFirst(STATUS);
		return (word == null) ? null : ReadingStatus.fromValue(word)
			.orElseThrow(() -> Problem.invalidParameter(STATUS, "must be reading, finished or abandoned"));
	}

	/** The id that a page comes after; null for the first. */
	static @Nullable UUID afterId(KeysetPageRequest request) {
		String key = request.after();
		if (key != null && !key.matches(ReadingId.REGEX)) {
			throw Problem.invalidParameter("page", "is not a page of this list; begin without it");
		}
		return (key != null) ? UUID.fromString(key) : null;
	}

}
