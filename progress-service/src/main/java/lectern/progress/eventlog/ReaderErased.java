package lectern.progress.eventlog;

/**
 * Tells that the events of a reader have become stubs, without saying whose or which:
 * that would connect the stubs with each other. So everybody who keeps data of readers in
 * memory drops all of it. Each process also publishes it as an application event.
 */
public record ReaderErased() {

	/** The stored name of the type. */
	public static final String TYPE = "reader-erased";

	/** Stands for the reader in the event. No handle is like it. */
	public static final String NOBODY = "~";

}
