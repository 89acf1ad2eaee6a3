package lectern.acceptance;

import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * A span as a collector has received it.
 *
 * @param service the process that has sent it
 * @param traceId 32 hexadecimal digits
 * @param id 16 hexadecimal digits
 * @param parentId that of the parent; empty for the first span of a trace
 */
record ReceivedSpan(String service, String traceId, String id, String parentId, String name, Span.SpanKind kind,
		Map<String, String> attributes) {

	static ReceivedSpan of(String service, Span span) {
		return new ReceivedSpan(service, hex(span.getTraceId()), hex(span.getSpanId()), hex(span.getParentSpanId()),
				span.getName(), span.getKind(),
				span.getAttributesList()
					.stream()
					.collect(Collectors.toMap(KeyValue::getKey, (pair) -> pair.getValue().getStringValue())));
	}

	private static String hex(ByteString id) {
		return HexFormat.of().formatHex(id.toByteArray());
	}

	boolean isServer() {
		return this.kind == Span.SpanKind.SPAN_KIND_SERVER;
	}

	/** Whether an attribute contains a text, under whatever name. */
	boolean mentions(String text) {
		return this.attributes.values().stream().anyMatch((value) -> value.contains(text));
	}

}
