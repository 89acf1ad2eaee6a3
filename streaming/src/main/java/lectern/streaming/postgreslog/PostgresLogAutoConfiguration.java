package lectern.streaming.postgreslog;

import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.ConnectionFactory;
import lectern.streaming.server.EventLoopLagProbe;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpResources;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
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

	/** Puts itself before the pool that Spring Boot configures. */
	@Bean
	static BeanPostProcessor connectionPoolTimer(ObjectProvider<MeterRegistry> registry) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof ConnectionPool pool) ? new TimedConnectionFactory(pool, registry.getObject())
						: bean;
			}

		};
	}

	@Bean
	EventLoopLagProbe databaseEventLoopLag(MeterRegistry registry) {
		return new EventLoopLagProbe(() -> TcpResources.get().onClient(LoopResources.DEFAULT_NATIVE), registry);
	}

}
