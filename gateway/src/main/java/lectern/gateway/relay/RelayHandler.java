package lectern.gateway.relay;

import java.util.Objects;
import java.util.function.BiFunction;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import lectern.gateway.ProblemWriter;
import lectern.gateway.accesslog.LoggedRoute;
import lectern.gateway.upstream.CallRejectedException;
import lectern.web.ClientConnection;
import lectern.web.LoggedRequest;
import lectern.web.RequestIdFilter;
import lectern.web.RequestLog;
import lectern.web.TraceParent;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Sends regular requests to their service on the short way, and hands all others to the
 * ordinary way.
 */
final class RelayHandler implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {

	private final RelayRoutes routes;

	private final RelayAdmission access;

	private final RelayedHeaders headers;

	private final ServiceCaller caller;

	private final ProblemWriter problems;

	private final RelayMeters meters;

	private final RelayTracing tracing;

	private final BiFunction<HttpServerRequest, HttpServerResponse, Mono<Void>> ordinary;

	/**
	 * @param ordinary the handler of all other requests
	 */
	RelayHandler(RelayRoutes routes, RelayAdmission access, RelayedHeaders headers, ServiceCaller caller,
			ProblemWriter problems, RelayMeters meters, RelayTracing tracing,
			BiFunction<HttpServerRequest, HttpServerResponse, Mono<Void>> ordinary) {
		this.routes = routes;
		this.access = access;
		this.headers = headers;
		this.caller = caller;
		this.problems = problems;
		this.meters = meters;
		this.tracing = tracing;
		this.ordinary = ordinary;
	}

	@Override
	public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
		String path = RegularRequestMatcher.pathOf(request);
		@Nullable String authorization = (path != null) ? this.access.admit(request.requestHeaders()) : null;
		@Nullable RelayTarget target = (path != null && authorization != null) ? this.routes.find(path) : null;
		return (path != null && target != null && authorization != null)
				? relay(request, response, path, target, authorization) : this.ordinary.apply(request, response);
	}

	private Mono<Void> relay(HttpServerRequest request, HttpServerResponse response, String path, RelayTarget target,
			String authorization) {
		long began = System.nanoTime();
		String requestId = RequestIdFilter.validOrGenerated(request.requestHeaders().get(RequestIdFilter.HEADER));
		RelaySpan span = this.tracing.begin(request, target.pattern(), requestId);
		LoggedRoute.set(channelOf(request), target.pattern());
		HttpHeaders forwarded = headersFor(request, requestId, span, authorization);
		return this.caller.send(target.route(), request, path, forwarded, channelOf(request))
			.flatMap((call) -> respond(call, request, response, requestId, span))
			.onErrorResume((failure) -> onFailure(request, response, requestId, span, failure))
			.doFinally((signal) -> record(target, request, response, signal, began, span));
	}

	private HttpHeaders headersFor(HttpServerRequest request, String requestId, RelaySpan span, String authorization) {
		HttpHeaders forwarded = this.headers.forService(request, requestId);
		span.writeTo(forwarded);
		if (!authorization.isEmpty()) {
			forwarded.set(HttpHeaderNames.AUTHORIZATION, authorization);
		}
		return forwarded;
	}

	private Mono<Void> onFailure(HttpServerRequest request, HttpServerResponse response, String requestId,
			RelaySpan span, Throwable failure) {
		return switch (failure) {
			case CallRejectedException rejected ->
				this.problems.write(request, response, rejected.problem(), requestId);
			case RelayFailureException _ -> answerProblem(request, response, requestId, span, failure);
			default -> cutOff(request, response, requestId, span, failure);
		};
	}

	private static Channel channelOf(HttpServerRequest request) {
		Channel[] channel = new Channel[1];
		request.withConnection((connection) -> channel[0] = connection.channel());
		return channel[0];
	}

	/** A body that has arrived whole is written together with its head. */
	private Mono<Void> respond(ServiceCall call, HttpServerRequest request, HttpServerResponse response,
			String requestId, RelaySpan span) {
		HttpResponse received = call.response();
		HttpResponseStatus status = HttpResponseStatus.valueOf(received.status().code());
		response.status(status);
		if (status.codeClass() == HttpStatusClass.SERVER_ERROR) {
			RequestLog.passedOn(logged(request, requestId, span), status.code());
		}
		this.headers.writeToClient(received.headers(), response.responseHeaders(), status, requestId,
				"https".equals(request.scheme()));
		@Nullable ByteBuf whole = received.headers().contains(HttpHeaderNames.CONTENT_LENGTH) ? call.body().takeWhole() : null;
		if (whole != null) {
			return response.sendObject(whole).then();
		}
		Flux<ByteBuf> body = call.body();
		return (isStream(received.headers()) ? response.send(body, (_) -> true) : response.send(body)).then();
	}

	/** Lines and events are of use to a client as soon as they arrive. */
	private static boolean isStream(HttpHeaders received) {
		String type = received.get(HttpHeaderNames.CONTENT_TYPE, "");
		return type.startsWith("application/x-ndjson") || type.startsWith("text/event-stream");
	}

	/**
	 * The ordinary way keeps the id with which the service has got the request, and the
	 * trace. Only the short way knows how long the request has taken, so it records it.
	 */
	private Mono<Void> answerProblem(HttpServerRequest request, HttpServerResponse response, String requestId,
			RelaySpan span, Throwable failure) {
		request.requestHeaders().set(RequestIdFilter.HEADER, requestId);
		span.writeTo(request.requestHeaders());
		RelayObservationPredicate.mark(request);
		return this.ordinary.apply(request, response)
			.contextWrite((context) -> context.put(RelayFailureRethrowFilter.FAILURE,
					Objects.requireNonNull(failure.getCause())));
	}

	/**
	 * Close the connection of a response that has begun. If the failure were passed on,
	 * the HTTP server would log it with its stack trace and without the id.
	 */
	private static Mono<Void> cutOff(HttpServerRequest request, HttpServerResponse response, String requestId,
			RelaySpan span, Throwable failure) {
		if (!response.hasSentHeaders()) {
			return Mono.error(failure);
		}
		if (!ClientConnection.isOver(response)) {
			RequestLog.cutOff(logged(request, requestId, span), failure);
		}
		channelOf(request).flush().close();
		return Mono.never();
	}

	private static LoggedRequest logged(HttpServerRequest request, String requestId, RelaySpan span) {
		String path = Objects.requireNonNull(RegularRequestMatcher.pathOf(request.uri()));
		return new LoggedRequest(requestId, span.traceId(request.requestHeaders().get(TraceParent.HEADER)),
				request.method().name(), LoggedRequest.withoutReader(path));
	}

	/**
	 * A client may leave, and a response be cut off, before or after the status is sent.
	 */
	private void record(RelayTarget target, HttpServerRequest request, HttpServerResponse response, SignalType signal,
			long began, RelaySpan span) {
		boolean complete = signal == SignalType.ON_COMPLETE;
		int status = (complete || response.hasSentHeaders()) ? response.status().code() : RelayMeters.NO_STATUS;
		this.meters.record(target, request.method(), status, complete, System.nanoTime() - began);
		span.end(status, complete);
	}

}
