package lectern.gateway.operations;

/** Every meter of the operators' stream itself. */
enum OperationsMeter {

	/** Gauge: connections that watch the metrics of all services. */
	WATCHERS("lectern.operations.watchers");

	private final String meterName;

	OperationsMeter(String meterName) {
		this.meterName = meterName;
	}

	/** The name in Micrometer's dotted form. */
	String meterName() {
		return this.meterName;
	}

}
