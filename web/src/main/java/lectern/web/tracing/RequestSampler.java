package lectern.web.tracing;

import java.util.List;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;

/**
 * Lets only requests begin a trace. Otherwise the queries of projections, of streams and
 * of health checks would each be a trace.
 *
 * @param requests decides about requests without a trace of their own
 */
record RequestSampler(Sampler requests) implements Sampler {

	@Override
	public SamplingResult shouldSample(Context parent, String traceId, String name, SpanKind kind,
			Attributes attributes, List<LinkData> links) {
		return (kind == SpanKind.SERVER) ? this.requests.shouldSample(parent, traceId, name, kind, attributes, links)
				: SamplingResult.drop();
	}

	@Override
	public String getDescription() {
		return "RequestSampler{" + this.requests.getDescription() + "}";
	}

}
