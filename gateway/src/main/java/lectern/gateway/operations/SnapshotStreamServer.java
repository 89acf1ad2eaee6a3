package lectern.gateway.operations;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * All who watch: lets so many in, and ends every connection before the web server, on its
 * way down, waits for it.
 */
@Component
class SnapshotStreamServer implements SmartLifecycle {

	private static final int MAX_CONNECTIONS = 100;

	/** How long one that does not read may keep the end from being written. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

	private final AtomicInteger openConnections = new AtomicInteger();

	private final SnapshotPublisher snapshotPublisher;

	private volatile Sinks.Empty<Void> draining = Sinks.empty();

	private volatile boolean running;

	SnapshotStreamServer(SnapshotPublisher snapshots, MeterRegistry registry) {
		this.snapshotPublisher = snapshots;
		Gauge.builder(OperationsMeter.WATCHERS.meterName(), this.openConnections, AtomicInteger::get)
			.register(registry);
	}

	/**
	 * Let somebody watch.
	 * @param age after which the connection ends
	 * @return cold; completes when it has ended, fails with 503 if there is no place
	 */
	Mono<Void> serve(ServerWebExchange exchange, Duration age) {
		return Mono.defer(() -> {
			// Given back before it is told, so that nobody sees one more than there may
			// be.
			if (this.openConnections.incrementAndGet() > MAX_CONNECTIONS) {
				this.openConnections.decrementAndGet();
				return Mono.<Void>error(tooManyConnections());
			}
			return write(exchange.getResponse(), age).doFinally((_) -> this.openConnections.decrementAndGet());
		});
	}

	private Mono<Void> write(ServerHttpResponse response, Duration age) {
		response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
		response.getHeaders().setCacheControl(CacheControl.noStore().noTransform());
		response.getHeaders().set("X-Accel-Buffering", "no");
		DataBufferFactory buffers = response.bufferFactory();
		SnapshotStream watch = new SnapshotStream(this.snapshotPublisher.frames(), this.snapshotPublisher.polling());
		Mono<Void> written = response.writeAndFlushWith(
				watch.frames(age, this.draining.asMono()).map((frame) -> frame.map((bytes) -> buffers.wrap(bytes))));
		Mono<Void> cut = watch.ended()
			.then(Mono.delay(CLOSE_TIMEOUT))
			.then(Mono.fromRunnable(() -> closeConnection(response)));
		return Mono.firstWithSignal(written, cut);
	}

	/** What was written before waits to be read by somebody who does not. */
	private static void closeConnection(ServerHttpResponse response) {
		HttpServerResponse written = (response instanceof ServerHttpResponseDecorator decorator)
				? ServerHttpResponseDecorator.getNativeResponse(decorator)
				: ((AbstractServerHttpResponse) response).getNativeResponse();

		written.withConnection((connection) -> connection.channel().close());
	}

	private static Problem tooManyConnections() {
		return Problem
			.of(ProblemType.UNAVAILABLE,
					"All " + MAX_CONNECTIONS + " operations streams are in use. Try again in a moment.")
			.withHeader(HttpHeaders.RETRY_AFTER, "30");
	}

	@Override
	public void start() {
		this.draining = Sinks.empty();
		this.running = true;
	}

	@Override
	public void stop() {
		this.draining.tryEmitEmpty();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
