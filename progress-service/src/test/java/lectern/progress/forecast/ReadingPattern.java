package lectern.progress.forecast;

import java.util.Locale;

/** A pattern of reading days. */
enum ReadingPattern {

	/** Reading on most days, for a similar time. */
	STEADY,

	/** Reading at weekends, rarely on other days. */
	WEEKENDS,

	/** Much reading for some days, then none for some weeks. */
	BURSTS,

	/** Steady or weekend reading with long pauses or a permanent stop. */
	STOPPING;

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
