package lectern.progress.eventlog;

/** The key under which the response to a command is stored. */
record CommandKey(String reader, String key) {

	static CommandKey of(IdempotencyRecord idempotencyRecord) {
		return new CommandKey(idempotencyRecord.reader(), idempotencyRecord.key());
	}

}
