package lectern.streaming.postgreslog;

import org.flywaydb.core.api.exception.FlywayValidateException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a start that fails because the database was migrated by other migrations than
 * those of this release. Flyway itself suggests to repair the schema history, which would
 * accept a schema that the service cannot work with.
 */
final class SchemaMismatchFailureAnalyzer extends AbstractFailureAnalyzer<FlywayValidateException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, FlywayValidateException cause) {
		return new FailureAnalysis(
				"The schema of the database was not created by the migrations of this release,"
						+ " and it cannot be migrated. Databases from before the first release are not supported.",
				"Use an empty database. For the data folder of ./lectern: stop Lectern, then move the folder away"
						+ " or delete it. Do not repair the schema history.",
				cause);
	}

}
