package lectern.gateway.stream;

/** Every meter of the gateway's own. */
enum EdgeMeter {

	/**
	 * Gauge, by {@code stream}: streams that are open between the gateway and a service.
	 * The tag is the route's pattern, never a handle.
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
