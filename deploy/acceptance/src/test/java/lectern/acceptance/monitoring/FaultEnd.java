package lectern.acceptance.monitoring;

/** Ends a fault that was made on purpose. */
@FunctionalInterface
interface FaultEnd {

	void end() throws Exception;

}
