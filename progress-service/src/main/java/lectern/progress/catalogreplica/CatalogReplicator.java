package lectern.progress.catalogreplica;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
 * Keeps up with the catalog for as long as the service runs: takes in its events from the
 * first one on, goes on where it was after every break, and begins anew when the catalog
 * says that its log is another one.
 */
@Component
class CatalogReplicator extends BackgroundLoop {

	private static final Logger logger = LoggerFactory.getLogger(CatalogReplicator.class);

	private static final int BATCH_SIZE = 64;

	private static final Duration BATCH_TIMEOUT = Duration.ofMillis(20);

	private final CatalogStreamClient stream;

	private final CatalogReplica replica;

	CatalogReplicator(CatalogStreamClient stream, CatalogReplica known) {
		super("The catalog is not followed");
		this.stream = stream;
		this.replica = known;
	}

	/** One connection, until it ends: it never completes, it fails. */
	@Override
	protected Flux<Integer> step() {
		return this.replica.cursor()
			.flatMapMany((cursor) -> this.stream.after(cursor)
				.bufferTimeout(BATCH_SIZE, BATCH_TIMEOUT, true)
				.concatMap(this::applyEvents, 1))
			.concatWith(Mono.error(() -> new CatalogReconnectException("it ended the stream")));
	}

	private Mono<Integer> applyEvents(List<SseEvent> blocks) {
		List<CatalogEvent> events = new ArrayList<>();
		String passed = null;
		for (SseEvent block : blocks) {
			if ("reset".equals(block.event())) {
				return this.replica.apply(List.of(), CatalogReplica.START)
					.then(Mono.error(
							() -> new CatalogReconnectException("its log is another one; reading it from the start")));
			}
			if (block.event() == null && block.data() != null) {
				events.add(parse(block.data(), block.id()));
			}
			if (block.id() != null && Cursor.parse(block.id()).isPresent()) {
				passed = block.id();
			}
		}
		return this.replica.apply(events, passed).thenReturn(blocks.size());
	}

	private static CatalogEvent parse(byte[] data, @Nullable String id) {
		CatalogEvent event = CatalogEvent.parse(new String(data, StandardCharsets.UTF_8));
		if (event instanceof Malformed) {
			logger.warn("An event of the catalog makes no sense and is passed over: {}",
					(id != null && Cursor.parse(id).isPresent()) ? id : "without a cursor");
		}
		return event;
	}

	/** Not a fault: the connection is over and another one follows. */
	private static final class CatalogReconnectException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		CatalogReconnectException(String reason) {
			super(reason, null, false, false);
		}

	}

}
