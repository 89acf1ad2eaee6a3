package lectern.gateway.stream;

/** The meters of the gateway's streams. */
enum EdgeMeter {

	/**
	 * Gauge: open streams from the gateway to a service. Tag {@code stream}, the route's
	 * pattern.
	 */
	UPSTREAMS("lectern.edge.upstreams");

	private final String meterName;

	EdgeMeter(String meterName) {
		this.meterName = meterName;
	}

	/** The name in Micrometer's dotted form. */
	String meterName() {
		return this.meterName;
	}

}
