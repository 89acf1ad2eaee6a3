package lectern.progress.eventlog;

/**
 * An event that exists to come back: the process that appends it measures how long it
 * takes on the way of all events. It belongs to no person and changes no view.
 *
 * @param process the process that has appended it
 */
public record CanaryEvent(String process) {

	/** The stored name of the type. */
	public static final String TYPE = "canary";

	/** Stands for the reader in these events. No account can have this handle. */
	public static final String READER = "_canary";

}
