package lectern.web;

/**
 * The number of event loops of a service: one for each core that the JVM may use. Reactor
 * Netty has at least four, which would compete for fewer cores, as in most containers.
 */
public final class EventLoopCount {

	/**
	 * The property of Reactor Netty, {@code ReactorNetty.IO_WORKER_COUNT}. The constant
	 * itself would load its class before logging is configured.
	 */
	private static final String PROPERTY = "reactor.netty.ioWorkerCount";

	private EventLoopCount() {
	}

	/**
	 * Set the number for this JVM unless an option has set it. To be called before
	 * anything of Reactor Netty is loaded.
	 */
	public static void limitToCores() {
		if (System.getProperty(PROPERTY) == null) {
			System.setProperty(PROPERTY, Integer.toString(Runtime.getRuntime().availableProcessors()));
		}
	}

}
