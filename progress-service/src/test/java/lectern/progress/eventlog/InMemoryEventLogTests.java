package lectern.progress.eventlog;

/** The log that other tests stand on keeps to the contract, too. */
class InMemoryEventLogTests extends EventLogContract {

	private final EventLog log = new InMemoryEventLog(TYPES);

	@Override
	EventLog log() {
		return this.log;
	}

}
