package lectern.web.tracing;

import java.net.URI;

import lectern.web.setting.SettingConstraints;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Checks a setting of Spring Boot, which accepts every text.
 *
 * @param endpoint where spans are sent by OTLP over HTTP; nothing about traces is loaded
 * without one
 */
@ConfigurationProperties("management.opentelemetry.tracing.export.otlp")
record TraceExportSettings(@Nullable URI endpoint) {

	TraceExportSettings {
		SettingConstraints.requireUrl("endpoint", endpoint);
	}

}
