package lectern.progress.eventlog;

/** The key under which a command is remembered. */
record CommandKey(String reader, String key) {

	static CommandKey of(IdempotencyRecord idempotencyRecord) {
		return new CommandKey(idempotencyRecord.reader(), idempotencyRecord.key());
	}

}
