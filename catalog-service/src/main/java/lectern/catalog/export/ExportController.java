package lectern.catalog.export;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

import lectern.catalog.change.ChangeLog;
import lectern.streaming.log.Cursor;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.QueryParameters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The export over HTTP. One that breaks off ends its connection without an end. */
@RestController
@RequestMapping(path = ExportController.PATH, produces = MediaType.APPLICATION_NDJSON_VALUE)
class ExportController {

	static final String PATH = "/api/v1/export";

	private static final int MAX_CONCURRENT_EXPORTS = 4;

	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(120);

	private static final int BUFFER_SIZE = 1 << 14;

	private final CatalogSnapshotReader reader;

	private final ChangeLog changes;

	private final Semaphore permits = new Semaphore(MAX_CONCURRENT_EXPORTS);

	ExportController(CatalogSnapshotReader documents, ChangeLog changes) {
		this.reader = documents;
		this.changes = changes;
	}

	@GetMapping
	Mono<ResponseEntity<Flux<DataBuffer>>> export(@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters.requireKnown(parameters, Set.of());
		return this.changes.cursor().map((cursor) -> headers(cursor).body(content(cursor)));
	}

	/** Without reading what would not be sent. */
	@RequestMapping(method = RequestMethod.HEAD)
	Mono<ResponseEntity<Void>> head(@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters.requireKnown(parameters, Set.of());
		return this.changes.cursor().map((cursor) -> headers(cursor).build());
	}

	private static ResponseEntity.BodyBuilder headers(Cursor cursor) {
		return ResponseEntity.ok()
			.eTag("\"" + cursor + "\"")
			.header(Cursor.HEADER, cursor.toString())
			.contentType(MediaType.APPLICATION_NDJSON);
	}

	private Flux<DataBuffer> content(Cursor cursor) {
		return Flux.defer(() -> {
			if (!this.permits.tryAcquire()) {
				return Flux.error(Problem
					.of(ProblemType.UNAVAILABLE, "Too many exports are running. Try again when one has ended.")
					.withHeader(HttpHeaders.RETRY_AFTER, "10"));
			}
			return IdleConsumerTimeout
				.apply(this.reader.readAt(cursor).flatMapIterable(ExportController::buffers, 1), IDLE_TIMEOUT)
				.doFinally((_) -> this.permits.release());
		});
	}

	/** Small ones, of which the network holds many for a client that does not read. */
	private static List<DataBuffer> buffers(byte[] lines) {
		List<DataBuffer> buffers = new ArrayList<>();
		for (int from = 0; from < lines.length; from += BUFFER_SIZE) {
			buffers.add(DefaultDataBufferFactory.sharedInstance
				.wrap(ByteBuffer.wrap(lines, from, Math.min(BUFFER_SIZE, lines.length - from))));
		}
		return buffers;
	}

}
