package lectern.progress.log;

/** What an answer is kept under. */
record CommandKey(String reader, String key) {

	static CommandKey of(Receipt receipt) {
		return new CommandKey(receipt.reader(), receipt.key());
	}

}
