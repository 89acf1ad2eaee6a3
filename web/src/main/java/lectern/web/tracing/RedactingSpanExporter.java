package lectern.web.tracing;

import java.util.Collection;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/** Exports spans without what could name a reader, on the thread of the exporter. */
record RedactingSpanExporter(SpanExporter exporter) implements SpanExporter {

	@Override
	public CompletableResultCode export(Collection<SpanData> spans) {
		return this.exporter.export(spans.stream().<SpanData>map(RedactedSpan::new).toList());
	}

	@Override
	public CompletableResultCode flush() {
		return this.exporter.flush();
	}

	@Override
	public CompletableResultCode shutdown() {
		return this.exporter.shutdown();
	}

}
