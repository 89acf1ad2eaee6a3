package lectern.progress.query;

import lectern.progress.eventlog.EventLogFixture;
import tools.jackson.databind.json.JsonMapper;

/** Creates the projection of readings for tests. */
final class ReadingProjectionFixture {

	private ReadingProjectionFixture() {
	}

	static ReadingProjection projection(EventLogFixture test) {
		return new ReadingProjection(new CurrentReadings(test.database, new JsonMapper()), snapshots(test));
	}

	static ReadingSnapshots snapshots(EventLogFixture test) {
		return new ReadingSnapshots(test.database, test.log, new JsonMapper());
	}

}
