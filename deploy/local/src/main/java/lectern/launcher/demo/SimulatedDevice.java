package lectern.launcher.demo;

/** The device of a simulated reader that reports where the reader is. */
interface SimulatedDevice {

	/**
	 * Read on and tell the service.
	 * @return false if there is nothing more to do
	 * @throws DemoException if the service refuses it or does not respond
	 * @throws InterruptedException if the demo is stopped
	 */
	boolean readOn() throws InterruptedException;

}
