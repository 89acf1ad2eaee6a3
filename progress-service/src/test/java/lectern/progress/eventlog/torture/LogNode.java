package lectern.progress.eventlog.torture;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.EventTypes;
import lectern.progress.eventlog.StoredEvent;
import lectern.streaming.log.LogFollower;
import lectern.streaming.postgreslog.LogNotifications;
import lectern.streaming.postgreslog.PostgresLogAutoConfiguration;
import lectern.streaming.postgreslog.PostgresLogHead;
import lectern.streaming.postgreslog.UncancellableTransactions;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * A node with the event log of the service but without the rest of the service. It uses
 * the configuration of the service, so that the pool and the timeouts are the real ones.
 */
final class LogNode implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private LogNode(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start a node.
	 * @param database the URL of the database without a scheme
	 * @param name the application name of the connections in PostgreSQL
	 */
	static LogNode start(String database, String name) {
		return new LogNode(new SpringApplicationBuilder(LogNodeConfiguration.class).web(WebApplicationType.NONE)
			.run("--lectern.database.url=" + database, "--lectern.database.user=postgres",
					"--lectern.database.password=any", "--spring.r2dbc.properties.applicationName=" + name,
					"--logging.level.root=warn", "--logging.level.lectern.streaming.postgreslog=off"));
	}

	EventLog log() {
		return this.context.getBean(EventLog.class);
	}

	LogFollower<StoredEvent> feed() {
		return new LogFollower<>(log().readAll(), this.context.getBean(LogNotifications.class));
	}

	PostgresLogHead head() {
		return this.context.getBean(PostgresLogHead.class);
	}

	UncancellableTransactions transactions() {
		return this.context.getBean(UncancellableTransactions.class);
	}

	DatabaseClient database() {
		return this.context.getBean(DatabaseClient.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Has no annotation for configurations, so that tests of the service do not find it.
	 */
	@ComponentScan(basePackageClasses = EventLog.class)
	@ImportAutoConfiguration({ R2dbcAutoConfiguration.class, R2dbcTransactionManagerAutoConfiguration.class,
			TransactionAutoConfiguration.class, PostgresLogAutoConfiguration.class })
	static class LogNodeConfiguration {

		@Bean
		EventTypes types() {
			return new EventTypes().with("noted", TortureEvent.class);
		}

		@Bean
		MeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

	}

	/**
	 * The only event type of a torture run.
	 *
	 * @param text a unique text
	 */
	record TortureEvent(String text) {
	}

}
