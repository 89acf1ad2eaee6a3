package lectern.progress.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import lectern.web.VerifiedTokenCache;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the handler of direct reports before the web framework, on the API port alone. */
@Configuration(proxyBeanMethods = false)
class DirectReportConfiguration {

	@Bean
	WebHttpHandlerBuilderCustomizer directReports(VerifiedTokenCache tokens, JsonMapper mapper,
			ReadingCommandHandler commandHandler, ReadingController controller, MeterRegistry registry,
			ObjectProvider<Tracer> tracer) {
		return (builder) -> builder.httpHandlerDecorator((webFramework) -> new DirectReportHandler(webFramework, tokens,
				new PositionRequestParser(mapper), commandHandler, controller, new DirectReportResponseWriter(mapper),
				new DirectReportMetrics(registry), tracer.getIfAvailable() != null));
	}

}
