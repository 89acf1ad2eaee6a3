package lectern.progress.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import lectern.progress.catalog.CatalogEvent.Nonsense;
import lectern.streaming.Block;
import lectern.streaming.Cursor;
import lectern.streaming.Following;

/**
 * Keeps up with the catalog for as long as the service runs: takes in its events from the
 * first one on, goes on where it was after every break, and begins anew when the catalog
 * says that its log is another one.
 */
@Component
class CatalogFollower extends Following {

	private static final Logger logger = LoggerFactory.getLogger(CatalogFollower.class);

	private static final int BATCH = 64;

	private static final Duration GATHERING = Duration.ofMillis(20);

	private final CatalogStream stream;

	private final KnownCatalog known;

	CatalogFollower(CatalogStream stream, KnownCatalog known) {
		super("The catalog is not followed");
		this.stream = stream;
		this.known = known;
	}

	/** One connection, until it ends: it never completes, it fails. */
	@Override
	protected Flux<Integer> step() {
		return this.known.cursor()
			.flatMapMany((
					cursor) -> this.stream.after(cursor).bufferTimeout(BATCH, GATHERING, true).concatMap(this::take, 1))
			.concatWith(Mono.error(() -> new Interruption("it ended the stream")));
	}

	private Mono<Integer> take(List<Block> blocks) {
		List<CatalogEvent> events = new ArrayList<>();
		String passed = null;
		for (Block block : blocks) {
			if ("reset".equals(block.event())) {
				return this.known.store(List.of(), KnownCatalog.START)
					.then(Mono.error(() -> new Interruption("its log is another one; reading it from the start")));
			}
			if (block.event() == null && block.data() != null) {
				events.add(read(block.data(), block.id()));
			}
			if (block.id() != null && Cursor.parse(block.id()).isPresent()) {
				passed = block.id();
			}
		}
		return this.known.store(events, passed).thenReturn(blocks.size());
	}

	private static CatalogEvent read(byte[] data, @Nullable String id) {
		CatalogEvent event = CatalogEvent.read(new String(data, StandardCharsets.UTF_8));
		if (event instanceof Nonsense) {
			logger.warn("An event of the catalog makes no sense and is passed over: {}",
					(id != null && Cursor.parse(id).isPresent()) ? id : "without a cursor");
		}
		return event;
	}

	/** Not a fault: the connection is over and another one follows. */
	private static final class Interruption extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Interruption(String reason) {
			super(reason, null, false, false);
		}

	}

}
