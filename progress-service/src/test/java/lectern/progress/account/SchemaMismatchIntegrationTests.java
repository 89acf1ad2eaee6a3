package lectern.progress.account;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import lectern.progress.TestDatabase;
import lectern.progress.TestProgress;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(OutputCaptureExtension.class)
class SchemaMismatchIntegrationTests {

	@Test
	void startWithOlderSchemaFailsWithAdvice(CapturedOutput output) throws SQLException {
		String database = TestDatabase.create();
		try (Connection connection = DriverManager.getConnection("jdbc:" + database, "postgres", "any");
				Statement statement = connection.createStatement()) {
			statement.execute("update flyway_schema_history set description = 'readings and readers', checksum = 1");
		}
		assertThatThrownBy(() -> TestProgress.startOn(database)).hasRootCauseInstanceOf(FlywayValidateException.class);
		assertThat(output).contains("APPLICATION FAILED TO START", "use an empty one", "do not repair");
	}

}
