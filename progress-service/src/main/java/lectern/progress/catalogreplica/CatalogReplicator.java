package lectern.progress.catalogreplica;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import lectern.progress.catalogreplica.CatalogEvent.Malformed;
import lectern.streaming.log.BackgroundLoop;
import lectern.streaming.log.Cursor;
import lectern.streaming.sse.SseEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Follows the catalog's event stream for as long as the service runs. It starts with the
 * first event, resumes after each interruption, and starts again from the beginning when
 * the catalog reports another log.
 */
@Component
class CatalogReplicator extends BackgroundLoop {

	private static final Logger logger = LoggerFactory.getLogger(CatalogReplicator.class);

	private static final int BATCH_SIZE = 64;

	private static final Duration BATCH_TIMEOUT = Duration.ofMillis(20);

	private final CatalogStreamClient stream;

	private final CatalogReplica replica;

	CatalogReplicator(CatalogStreamClient stream, CatalogReplica replica) {
		super("Lost the connection to the catalog's event stream");
		this.stream = stream;
		this.replica = replica;
	}

	/**
	 * Follow the stream over one connection. This never completes: it fails when the
	 * connection ends.
	 */
	@Override
	protected Flux<Integer> step() {
		return this.replica.cursor()
			.flatMapMany((cursor) -> follow(cursor, new AtomicReference<>(cursor)))
			.concatWith(Mono.error(() -> new CatalogReconnectException("the catalog ended the stream")));
	}

	/**
	 * @param known the cursor that was last seen saved
	 */
	private Flux<Integer> follow(String start, AtomicReference<String> known) {
		return this.stream.after(start)
			.bufferTimeout(BATCH_SIZE, BATCH_TIMEOUT, true)
			.concatMap((received) -> applyEvents(received, known), 1);
	}

	private Mono<Integer> applyEvents(List<SseEvent> received, AtomicReference<String> known) {
		List<PositionedCatalogEvent> events = new ArrayList<>();
		Cursor reached = null;
		for (SseEvent sse : received) {
			if ("reset".equals(sse.event())) {
				return this.replica.restart(known.get())
					.then(Mono.error(() -> new CatalogReconnectException(
							"the catalog has another log; reading it from the start")));
			}
			Cursor cursor = (sse.id() != null) ? Cursor.parse(sse.id()).orElse(null) : null;
			if (sse.event() == null && sse.data() != null) {
				events.add(new PositionedCatalogEvent(parse(sse.data(), cursor), cursor));
			}
			if (cursor != null) {
				reached = cursor;
			}
		}
		return this.replica.apply(known.get(), events, reached).doOnNext(known::set).thenReturn(received.size());
	}

	private static CatalogEvent parse(byte[] data, @Nullable Cursor cursor) {
		CatalogEvent event = CatalogEvent.parse(new String(data, StandardCharsets.UTF_8));
		if (event instanceof Malformed) {
			logger.warn("Skipped a malformed event of the catalog: {}", (cursor != null) ? cursor : "without a cursor");
		}
		return event;
	}

	/**
	 * Signals that the connection has ended and another one follows. It is not a fault.
	 */
	private static final class CatalogReconnectException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		CatalogReconnectException(String reason) {
			super(reason, null, false, false);
		}

	}

}
