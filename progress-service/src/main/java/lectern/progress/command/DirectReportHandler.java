package lectern.progress.command;

import java.util.function.Function;

import lectern.web.RequestLog;
import lectern.web.VerifiedTokenCache;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Handles usual position reports before the web framework, whose layers take several
 * times as long as the report itself (ADR 19). The response is the same in every byte.
 *
 * <p>
 * Whatever is unusual is left to the web framework: other requests, tokens that are not
 * verified yet, traces that are exported, invalid content, and every failure. So there is
 * one place for access rules, for validation and for problems.
 */
final class DirectReportHandler implements HttpHandler {

	private final HttpHandler webFramework;

	private final VerifiedTokenCache tokens;

	private final PositionRequestParser parser;

	private final ReadingCommandHandler commandHandler;

	private final ReadingController controller;

	private final DirectReportResponseWriter responseWriter;

	private final DirectReportMetrics metrics;

	private final boolean tracing;

	/**
	 * @param tracing whether the web framework makes spans of requests
	 */
	DirectReportHandler(HttpHandler webFramework, VerifiedTokenCache tokens, PositionRequestParser parser,
			ReadingCommandHandler commandHandler, ReadingController controller,
			DirectReportResponseWriter responseWriter, DirectReportMetrics metrics, boolean tracing) {
		this.webFramework = webFramework;
		this.tokens = tokens;
		this.parser = parser;
		this.commandHandler = commandHandler;
		this.controller = controller;
		this.responseWriter = responseWriter;
		this.metrics = metrics;
		this.tracing = tracing;
	}

	@Override
	public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(request);
		DirectReportRequest report = DirectReportRequest.of(received);
		return (report != null && isAllowed(report) && !(this.tracing && DirectReportRequest.isTraced(received)))
				? handle(report, request, response) : this.webFramework.handle(request, response);
	}

	private boolean isAllowed(DirectReportRequest report) {
		Jwt token = this.tokens.find(report.token());
		return token != null && report.reader().equals(token.getSubject());
	}

	private Mono<Void> handle(DirectReportRequest report, ServerHttpRequest request, ServerHttpResponse response) {
		HttpServerResponse target = ServerHttpResponseDecorator.getNativeResponse(response);
		DirectReportMetrics.Sample sample = this.metrics.start();
		Function<Publisher<DataBuffer>, Mono<Void>> leaveToFramework = (content) -> {
			sample.leftToFramework();
			return this.webFramework.handle(new RequestWithContent(request, Flux.from(content)), response);
		};
		return DataBufferUtils.join(request.getBody())
			.flatMap((buffer) -> handle(report, request, buffer, target, leaveToFramework))
			// A command that failed is not handled again: the framework gets the failure
			// in place of the content, and answers it like every other failure.
			.onErrorResume((failure) -> Mono.just(() -> leaveToFramework.apply(Mono.error(failure))))
			.flatMap(Reply::send)
			.doOnSuccess((_) -> sample.succeeded())
			.doOnError((_) -> sample.cancelled())
			.doOnCancel(() -> onCancel(report, ServerHttpRequestDecorator.getNativeRequest(request), sample));
	}

	private static void onCancel(DirectReportRequest report, HttpServerRequest received,
			DirectReportMetrics.Sample sample) {
		if (sample.cancelled()) {
			RequestLog.abandoned(report.logged(received), sample.elapsed());
		}
	}

	private Mono<Reply> handle(DirectReportRequest report, ServerHttpRequest request, DataBuffer buffer,
			HttpServerResponse target, Function<Publisher<DataBuffer>, Mono<Void>> leaveToFramework) {
		byte[] content = new byte[buffer.readableByteCount()];
		buffer.read(content);
		DataBufferUtils.release(buffer);
		PositionRequest position = this.parser.parse(content);
		if (position == null) {
			return Mono
				.just(() -> leaveToFramework.apply(Mono.just(DefaultDataBufferFactory.sharedInstance.wrap(content))));
		}
		if (report.hasIdempotencyKey()) {
			return this.controller.report(report.reader(), report.reading(), report.ifMatch(), request, position)
				.map((response) -> this.responseWriter.prepare(response, report, target));
		}
		return this.commandHandler
			.handle(report.reading(), ReadingPrecondition.ofIfMatch(report.ifMatch()),
					(receivedAt) -> position.toCommand(report.reader(), receivedAt))
			.map((result) -> this.responseWriter.prepare(result, report, target));
	}

	/** Sends a response when subscribed to. */
	@FunctionalInterface
	interface Reply {

		Mono<Void> send();

	}

	/** A request whose content was already read. */
	private static final class RequestWithContent extends ServerHttpRequestDecorator {

		private final Flux<DataBuffer> content;

		RequestWithContent(ServerHttpRequest request, Flux<DataBuffer> content) {
			super(request);
			this.content = content;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return this.content;
		}

	}

}
