package lectern.progress.projection;

/** Every meter of the projections. */
public enum ProjectionMeter {

	/**
	 * Gauge: the seconds since the oldest event of the page being applied was received; 0
	 * if all events are applied. Tag {@code projection}.
	 */
	LAG("lectern.projection.lag");

	private final String meterName;

	ProjectionMeter(String meterName) {
		this.meterName = meterName;
	}

	/** The name in Micrometer's dotted form. */
	public String meterName() {
		return this.meterName;
	}

}
