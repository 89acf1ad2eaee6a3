package lectern.web.tracing;

import java.net.URI;
import java.util.List;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import lectern.web.LoggedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A span with paths without handles and without queries. It has no messages of
 * exceptions, which may contain anything; their types are attributes.
 */
final class RedactedSpan extends DelegatingSpanData {

	private static final AttributeKey<String> PATH = AttributeKey.stringKey("http.url");

	private static final AttributeKey<String> UPSTREAM = AttributeKey.stringKey("http.uri");

	private final Attributes attributes;

	RedactedSpan(SpanData span) {
		super(span);
		this.attributes = withoutReader(span.getAttributes());
	}

	private static Attributes withoutReader(Attributes attributes) {
		@Nullable String path = attributes.get(PATH);
		@Nullable String upstream = attributes.get(UPSTREAM);
		if (path == null && upstream == null) {
			return attributes;
		}
		var cleaned = attributes.toBuilder();
		if (path != null) {
			cleaned.put(PATH, LoggedRequest.withoutReader(path));
		}
		if (upstream != null) {
			cleaned.put(UPSTREAM, LoggedRequest.withoutReader(URI.create(upstream).getRawPath()));
		}
		return cleaned.build();
	}

	@Override
	public Attributes getAttributes() {
		return this.attributes;
	}

	@Override
	public List<EventData> getEvents() {
		return List.of();
	}

	@Override
	public int getTotalRecordedEvents() {
		return 0;
	}

	@Override
	public StatusData getStatus() {
		return StatusData.create(super.getStatus().getStatusCode(), "");
	}

}
