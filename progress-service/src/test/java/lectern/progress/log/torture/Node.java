package lectern.progress.log.torture;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

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

import lectern.progress.log.EventLog;
import lectern.progress.log.EventTypes;
import lectern.progress.log.StoredEvent;
import lectern.streaming.postgres.Feed;
import lectern.streaming.postgres.PostgresLogAutoConfiguration;
import lectern.streaming.postgres.PostgresLogHead;
import lectern.streaming.postgres.Transactions;
import lectern.streaming.postgres.Wakeups;

/**
 * The log as a node of the service has it, without the rest of the service: its
 * configuration is the service's own, so that pool and timeouts are those in use.
 */
final class Node implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private Node(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start a node.
	 * @param database its URL without a scheme
	 * @param name what its connections are known by in PostgreSQL
	 */
	static Node start(String database, String name) {
		return new Node(new SpringApplicationBuilder(Parts.class).web(WebApplicationType.NONE)
			.run("--lectern.database.url=" + database, "--lectern.database.user=postgres",
					"--lectern.database.password=any", "--spring.r2dbc.properties.applicationName=" + name,
					"--logging.level.root=warn", "--logging.level.lectern.streaming.postgres=off"));
	}

	EventLog log() {
		return this.context.getBean(EventLog.class);
	}

	Feed<StoredEvent> feed() {
		return new Feed<>(log().all(), this.context.getBean(Wakeups.class));
	}

	PostgresLogHead head() {
		return this.context.getBean(PostgresLogHead.class);
	}

	Transactions transactions() {
		return this.context.getBean(Transactions.class);
	}

	DatabaseClient database() {
		return this.context.getBean(DatabaseClient.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** Not annotated as a configuration, lest the service's own tests find it. */
	@ComponentScan(basePackageClasses = EventLog.class)
	@ImportAutoConfiguration({ R2dbcAutoConfiguration.class, R2dbcTransactionManagerAutoConfiguration.class,
			TransactionAutoConfiguration.class, PostgresLogAutoConfiguration.class })
	static class Parts {

		@Bean
		EventTypes types() {
			return new EventTypes().with("noted", Noted.class);
		}

		@Bean
		MeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

	}

	/**
	 * All that happens here.
	 *
	 * @param text never the same twice
	 */
	record Noted(String text) {
	}

}
