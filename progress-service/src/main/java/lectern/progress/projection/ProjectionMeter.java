package lectern.progress.projection;

/** Every meter of the projections. */
public enum ProjectionMeter {

	/**
	 * Gauge: seconds since the oldest event came in that the view was told of and does
	 * not show yet; 0 when it shows all. Tag {@code projection}.
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
