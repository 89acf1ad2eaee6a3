package lectern.web.tracing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RedactingSpanExporterTests {

	private final List<SpanData> exported = new ArrayList<>();

	private final SdkTracerProvider provider = SdkTracerProvider.builder()
		.setSampler(Sampler.parentBased(new RequestSampler(Sampler.alwaysOn())))
		.addSpanProcessor(SimpleSpanProcessor.create(new RedactingSpanExporter(new RecordingExporter())))
		.build();

	private final Tracer tracer = this.provider.get("test");

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void spanHasNoHandleNoQueryAndNoMessage() {
		Span span = this.tracer.spanBuilder("http get").setSpanKind(SpanKind.SERVER).startSpan();
		span.setAttribute("http.url", "/api/v1/readers/ada/readings");
		span.setAttribute("http.uri", "http://127.0.0.1:8082/api/v1/readers/ada/readings?q=ada");
		span.setAttribute("exception", "IllegalStateException");
		span.recordException(new IllegalStateException("ada"));
		span.setStatus(StatusCode.ERROR, "ada");
		span.end();

		SpanData received = this.exported.getFirst();
		assertThat(received.getAttributes().asMap()).containsOnly(
				entry("http.url", "/api/v1/readers/{reader}/readings"),
				entry("http.uri", "/api/v1/readers/{reader}/readings"), entry("exception", "IllegalStateException"));
		assertThat(received.getEvents()).isEmpty();
		assertThat(received.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		assertThat(received.getStatus().getDescription()).isEmpty();
	}

	private static Map.Entry<AttributeKey<?>, Object> entry(String name, String value) {
		return Map.entry(AttributeKey.stringKey(name), value);
	}

	@Test
	void onlyRequestsBeginTraces() {
		this.tracer.spanBuilder("query").setSpanKind(SpanKind.CLIENT).startSpan().end();
		assertThat(this.exported).isEmpty();
	}

	private final class RecordingExporter implements SpanExporter {

		@Override
		public CompletableResultCode export(Collection<SpanData> spans) {
			RedactingSpanExporterTests.this.exported.addAll(spans);
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

	}

}
