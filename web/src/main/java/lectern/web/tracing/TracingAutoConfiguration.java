package lectern.web.tracing;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** Narrows the traces of Spring Boot to requests, and keeps handles out of them. */
@AutoConfiguration(before = { OpenTelemetryTracingAutoConfiguration.class, MicrometerTracingAutoConfiguration.class })
@EnableConfigurationProperties({ TraceExportSettings.class, TraceSamplingSettings.class })
public class TracingAutoConfiguration {

	@Bean
	Sampler requestSampler(TracingProperties properties) {
		return Sampler
			.parentBased(new RequestSampler(Sampler.traceIdRatioBased(properties.getSampling().getProbability())));
	}

	@Bean
	SpanExporters redactingSpanExporters(ObjectProvider<SpanExporter> exporters) {
		return SpanExporters.of(exporters.orderedStream().<SpanExporter>map(RedactingSpanExporter::new).toList());
	}

	@Bean
	@Order(MicrometerTracingAutoConfiguration.RECEIVER_TRACING_OBSERVATION_HANDLER_ORDER)
	ApiRequestTracing apiRequestTracing(Tracer tracer, Propagator propagator) {
		return new ApiRequestTracing(tracer, propagator);
	}

	@Bean
	TraceIdFilter traceIdFilter() {
		return new TraceIdFilter();
	}

}
