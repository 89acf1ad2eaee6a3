package lectern.catalog.export;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

import lectern.catalog.change.ChangeLog;
import lectern.streaming.Cursor;
import lectern.web.Parameters;
import lectern.web.Problem;
import lectern.web.ProblemType;
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

	private static final int AT_ONCE = 4;

	private static final Duration LONGEST_STALL = Duration.ofSeconds(120);

	private static final int BUFFER = 1 << 14;

	private final Documents documents;

	private final ChangeLog changes;

	private final Semaphore places = new Semaphore(AT_ONCE);

	ExportController(Documents documents, ChangeLog changes) {
		this.documents = documents;
		this.changes = changes;
	}

	@GetMapping
	Mono<ResponseEntity<Flux<DataBuffer>>> export(@RequestParam MultiValueMap<String, String> parameters) {
		Parameters.requireKnown(parameters, Set.of());
		return this.changes.cursor().map((cursor) -> headers(cursor).body(content(cursor)));
	}

	/** Without reading what would not be sent. */
	@RequestMapping(method = RequestMethod.HEAD)
	Mono<ResponseEntity<Void>> head(@RequestParam MultiValueMap<String, String> parameters) {
		Parameters.requireKnown(parameters, Set.of());
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
			if (!this.places.tryAcquire()) {
				return Flux.error(Problem.of(ProblemType.UNAVAILABLE, "Enough exports run; wait for one to end.")
					.withHeader(HttpHeaders.RETRY_AFTER, "10"));
			}
			return Untaken.limit(this.documents.at(cursor).flatMapIterable(ExportController::buffers, 1), LONGEST_STALL)
				.doFinally((_) -> this.places.release());
		});
	}

	/** Small ones, of which the network holds many for a client that does not read. */
	private static List<DataBuffer> buffers(byte[] lines) {
		List<DataBuffer> buffers = new ArrayList<>();
		for (int from = 0; from < lines.length; from += BUFFER) {
			buffers.add(DefaultDataBufferFactory.sharedInstance
				.wrap(ByteBuffer.wrap(lines, from, Math.min(BUFFER, lines.length - from))));
		}
		return buffers;
	}

}
