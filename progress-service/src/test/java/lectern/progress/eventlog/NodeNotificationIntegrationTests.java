package lectern.progress.eventlog;

import lectern.streaming.postgreslog.LogNotifications;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What the nodes are told of that is not in the log. */
class NodeNotificationIntegrationTests {

	private final EventLogFixture fixture = new EventLogFixture(new EventTypes());

	private final LogNotifications notifications = new LogNotifications(this.fixture.pool);

	@BeforeEach
	void start() {
		execute("insert into account (reader, name, password_hash, roles) values ('ada', 'Ada', '', '{}')");
		this.notifications.start();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> {
			execute("select pg_notify('lectern_log', '0')");
			return this.notifications.announcedPosition() == 0;
		});
	}

	@AfterEach
	void close() {
		this.notifications.stop();
		this.fixture.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "insert into revocation (session, revoked_at) values (gen_random_uuid(), now())",
			"insert into changed_path (path) values ('a-path')",
			"update account set policy = 'furthest', policy_changed_at = clock_timestamp() where reader = 'ada'" })
	void changeOfWhatNodesHoldIsSignalled(String sql) {
		execute(sql);
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> this.notifications.announcedPosition() == LogNotifications.UNKNOWN);
	}

	/** Notifications come in the order of the commits. */
	@Test
	void otherChangesAreNot() {
		execute("update account set name = 'Ada L.', policy = 'latest' where reader = 'ada'");
		execute("select pg_notify('lectern_log', '7')");
		Awaitility.await().atMost(HANG_LIMIT).until(() -> {
			assertThat(this.notifications.announcedPosition()).isNotEqualTo(LogNotifications.UNKNOWN);
			return this.notifications.announcedPosition() == 7;
		});
	}

	private void execute(String sql) {
		this.fixture.database.sql(sql).then().block(HANG_LIMIT);
	}

}
