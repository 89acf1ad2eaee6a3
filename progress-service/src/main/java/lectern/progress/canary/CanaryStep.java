package lectern.progress.canary;

import java.util.Locale;

/** What can fail. */
enum CanaryStep {

	/** A canary was not stored, or old ones were not removed. */
	APPEND,

	/** The gateway did not open the stream. */
	CONNECT,

	/** The open stream broke, or was silent for too long. */
	STREAM;

	/** The value of the tag. */
	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
