package lectern.streaming.replay;

import lectern.streaming.log.EventJsonEncoder;
import lectern.streaming.server.SseServer;
import lectern.streaming.server.StreamMeters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/** Serves replays of the past to any number of connections. */
public final class ReplayService<E> implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ReplayService.class);

	private final EventJsonEncoder<E> encoder;

	private final SseServer server;

	private final StreamMeters meters;

	private final ReplayPageReader<E> pageReader;

	private @Nullable Disposable subscription;

	/**
	 * @param stream the route's pattern, for the meters
	 */
	public ReplayService(String stream, EventJsonEncoder<E> encoder, SseServer server) {
		this.encoder = encoder;
		this.server = server;
		this.meters = server.meters(stream);
		this.pageReader = new ReplayPageReader<>(this.meters);
	}

	/**
	 * Respond with a stream that ends when everything has been sent, or with 204 if there
	 * is nothing to send. After a 204 an {@code EventSource} does not reconnect.
	 * @param reader the owner of the stream, for the limit per reader; null if the stream
	 * is not a reader's
	 * @return cold; completes when the stream has begun; fails with a problem if a limit
	 * is reached
	 */
	public Mono<Void> serve(ServerWebExchange exchange, @Nullable String reader, ReplayRequest<E> request) {
		if (request.isEmpty()) {
			exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
			return exchange.getResponse().setComplete();
		}
		return this.server.serve(exchange, reader, request.session(), this.meters,
				Mono.fromSupplier(() -> connection(request)));
	}

	ReplayConnection<E> connection(ReplayRequest<E> request) {
		return new ReplayConnection<>(this.meters, this.pageReader, this.encoder, request);
	}

	@Override
	public void start() {
		this.subscription = this.pageReader.processReads().subscribe((_) -> {
		}, (failure) -> logger.error("Reading the pages of replays has failed", failure));
	}

	@Override
	public void stop() {
		if (this.subscription != null) {
			this.subscription.dispose();
			this.subscription = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.subscription != null;
	}

}
