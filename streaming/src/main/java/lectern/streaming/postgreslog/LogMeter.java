package lectern.streaming.postgreslog;

/** The meters of a log. */
public enum LogMeter {

	/**
	 * Timer: one append, from its request to its commit. Failed appends are not included.
	 */
	APPEND_DURATION("lectern.log.append.duration"),

	/**
	 * Distribution summary: events appended in one transaction, of all callers together.
	 */
	APPEND_BATCH("lectern.log.append.batch");

	private final String meterName;

	LogMeter(String meterName) {
		this.meterName = meterName;
	}

	/** The name in Micrometer's dotted form. */
	public String meterName() {
		return this.meterName;
	}

}
