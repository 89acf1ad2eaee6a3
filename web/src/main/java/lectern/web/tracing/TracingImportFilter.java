package lectern.web.tracing;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out everything about traces if there is no endpoint that takes them. Spring Boot
 * would create the tracer and the proxies of database connections all the same, and each
 * request would pay for spans that nobody gets.
 */
class TracingImportFilter implements AutoConfigurationImportFilter, EnvironmentAware {

	static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

	private static final List<String> PREFIXES = List.of("org.springframework.boot.micrometer.tracing.",
			"org.springframework.boot.opentelemetry.", "org.springframework.boot.r2dbc.autoconfigure.R2dbcProxy",
			"org.springframework.boot.r2dbc.autoconfigure.observation.", "lectern.web.tracing.");

	private @Nullable Environment environment;

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
		boolean on = this.environment != null && !this.environment.getProperty(ENDPOINT, "").isBlank();
		boolean[] matches = new boolean[candidates.length];
		for (int i = 0; i < candidates.length; i++) {
			String candidate = candidates[i];
			matches[i] = on || candidate == null || PREFIXES.stream().noneMatch(candidate::startsWith);
		}
		return matches;
	}

}
