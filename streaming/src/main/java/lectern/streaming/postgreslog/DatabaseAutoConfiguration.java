package lectern.streaming.postgreslog;

import java.util.function.UnaryOperator;

import io.netty.handler.ssl.SslContextBuilder;
import io.r2dbc.spi.Option;
import lectern.streaming.postgreslog.DatabaseSettings.SslMode;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Connects both drivers to the database of a service, and checks it at the start. */
@AutoConfiguration(before = { FlywayAutoConfiguration.class, R2dbcAutoConfiguration.class })
@ConditionalOnClass({ FlywayMigrationStrategy.class, ConnectionFactoryOptionsBuilderCustomizer.class })
@EnableConfigurationProperties({ DatabaseSettings.class, ConnectionPoolSettings.class })
public class DatabaseAutoConfiguration {

	private static final Option<String> SSL_MODE = Option.valueOf("sslMode");

	private static final Option<String> SSL_ROOT_CERTIFICATE = Option.valueOf("sslRootCert");

	private static final Option<UnaryOperator<SslContextBuilder>> SSL_CONTEXT = Option
		.valueOf("sslContextBuilderCustomizer");

	@Bean
	ConnectionFactoryOptionsBuilderCustomizer sslCustomizer(DatabaseSettings settings) {
		return (options) -> {
			options.option(SSL_MODE, settings.sslMode().toString());
			if (settings.sslMode() != SslMode.VERIFY_FULL) {
				// Netty compares the name in the certificate in every mode otherwise.
				options.option(SSL_CONTEXT, (context) -> context.endpointIdentificationAlgorithm(null));
			}
			if (settings.sslRootCertificate() != null) {
				options.option(SSL_ROOT_CERTIFICATE, settings.sslRootCertificate().toString());
			}
		};
	}

	@Bean
	FlywayConnectionDetails flywayConnectionDetails(DatabaseSettings settings) {
		return new FlywayConnectionDetails() {

			@Override
			public String getUsername() {
				return settings.user();
			}

			@Override
			public String getPassword() {
				return settings.password();
			}

			@Override
			public String getJdbcUrl() {
				return settings.jdbcUrl();
			}

		};
	}

	@Bean
	DatabaseCheck databaseCheck(DatabaseSettings settings) {
		return new DatabaseCheck(settings);
	}

}
