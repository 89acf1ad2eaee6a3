package lectern.progress.log;

import java.time.OffsetDateTime;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresEventLogIntegrationTests extends EventLogContract {

	private final TestLog test = new TestLog(TYPES);

	@Override
	EventLog log() {
		return this.test.log;
	}

	@AfterAll
	void close() {
		this.test.close();
	}

	@Test
	void aClockThatWasSetBackDoesNotTurnTheLogBack() {
		OffsetDateTime ahead = Objects.requireNonNull(this.test.database.sql("""
				update log_head set received_at = clock_timestamp() + interval '2 seconds' returning received_at
				""").map((row) -> row.get(0, OffsetDateTime.class)).one().block(SOON));
		assertThat(append(fresh(), 0, "later").events().getFirst().receivedAt()).isEqualTo(ahead.toInstant());
	}

}
