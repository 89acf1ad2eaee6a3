package lectern.catalog.export;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

import lectern.catalog.change.ChangeLog;
import lectern.streaming.log.Cursor;
import lectern.web.IdleConsumerTimeout;
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
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The HTTP API of the export. If an export fails midway, the connection is closed without
 * the final chunk, so that the client sees an error.
 */
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

	ExportController(CatalogSnapshotReader reader, ChangeLog changes) {
		this.reader = reader;
		this.changes = changes;
	}

	@GetMapping
	Mono<ResponseEntity<Flux<DataBuffer>>> export(@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters.requireKnown(parameters, Set.of());
		return this.changes.cursor().map((cursor) -> headers(cursor).body(content(cursor)));
	}

	/** An explicit HEAD, because the implicit one would read the documents. */
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

	/** Small buffers bound what Netty holds for a client that does not read. */
	private static List<DataBuffer> buffers(byte[] lines) {
		List<DataBuffer> buffers = new ArrayList<>();
		for (int start = 0; start < lines.length; start += BUFFER_SIZE) {
			buffers.add(DefaultDataBufferFactory.sharedInstance
				.wrap(ByteBuffer.wrap(lines, start, Math.min(BUFFER_SIZE, lines.length - start))));
		}
		return buffers;
	}

}
