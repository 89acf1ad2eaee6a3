package lectern.streaming.postgreslog;

import io.r2dbc.spi.ConnectionFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Beans for a service with an event log in its own database. */
@AutoConfiguration(after = R2dbcAutoConfiguration.class)
@ConditionalOnBean(DatabaseClient.class)
public class PostgresLogAutoConfiguration {

	@Bean
	PostgresLogHead logHead(DatabaseClient database) {
		return new PostgresLogHead(database);
	}

	@Bean
	UncancellableTransactions uncancellableTransactions(TransactionalOperator operator) {
		return new UncancellableTransactions(operator);
	}

	@Bean
	LogNotifications logNotifications(ConnectionFactory connectionFactory) {
		return new LogNotifications(connectionFactory);
	}

	@Bean
	DurabilityCheck durabilityCheck(DatabaseClient database) {
		return new DurabilityCheck(database);
	}

}
