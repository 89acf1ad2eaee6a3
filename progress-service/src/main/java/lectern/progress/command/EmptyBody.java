package lectern.progress.command;

/** The body of a command that is fully described by its path: absent, or {@code {}}. */
record EmptyBody() {

}
