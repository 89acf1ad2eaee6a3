package lectern.progress.representation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;

/** The status of a reading. */
public enum ReadingStatus {

	READING, FINISHED, ABANDONED;

	/**
	 * Parse a status.
	 * @return empty for an unknown value
	 */
	public static Optional<ReadingStatus> fromValue(String value) {
		return Arrays.stream(values()).filter((status) -> status.value().equals(value)).findAny();
	}

	/** Return the value used in JSON and in the database. */
	@JsonValue
	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
