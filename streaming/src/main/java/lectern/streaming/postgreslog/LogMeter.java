package lectern.streaming.postgreslog;

/** Every meter of a log. */
public enum LogMeter {

	/**
	 * Timer: an append, from being asked for to its commit; failed ones are not in it.
	 */
	APPEND_DURATION("lectern.log.append.duration"),

	/**
	 * Distribution: events appended together in one transaction, whoever asked for them.
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
