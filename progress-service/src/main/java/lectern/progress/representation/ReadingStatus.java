package lectern.progress.representation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a reading stands. */
public enum ReadingStatus {

	READING, FINISHED, ABANDONED;

	/** The status that a word stands for; empty if it stands for none. */
	public static Optional<ReadingStatus> fromValue(String word) {
		return Arrays.stream(values()).filter((status) -> status.value().equals(word)).findAny();
	}

	/** As it is shown and stored. */
	@JsonValue
	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
