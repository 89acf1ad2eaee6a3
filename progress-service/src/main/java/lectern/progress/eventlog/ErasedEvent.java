package lectern.progress.eventlog;

/**
 * The payload of an event whose reader was erased: nothing is left of it. Only what
 * counts readers, books and minutes uses such an event; all others pass over it.
 */
public record ErasedEvent() {

}
