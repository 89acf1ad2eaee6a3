package lectern.progress.command;

/** The content of a command that says everything by its address: none, or {@code {}}. */
record EmptyBody() {

}
