package lectern.progress.eventlog;

/** What an answer is kept under. */
record CommandKey(String reader, String key) {

	static CommandKey of(IdempotencyRecord receipt) {
		return new CommandKey(receipt.reader(), receipt.key());
	}

}
