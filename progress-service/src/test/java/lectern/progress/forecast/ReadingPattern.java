package lectern.progress.forecast;

import java.util.Locale;

/** How somebody reads. */
enum ReadingPattern {

	/** On most days, much the same. */
	STEADY,

	/** At weekends, and seldom between them. */
	WEEKENDS,

	/** Some days a lot, then some weeks nothing. */
	BURSTS,

	/** Steadily or at weekends, but with a long pause, or until it is given up. */
	STOPPING;

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
