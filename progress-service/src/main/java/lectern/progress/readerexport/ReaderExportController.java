package lectern.progress.readerexport;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

import lectern.progress.account.ProfileRepository;
import lectern.web.IdleConsumerTimeout;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.QueryParameters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Exports everything that belongs to a reader: first the account, then each event, one
 * line each. If an export fails midway, the connection is closed without the final chunk,
 * so that the client sees an error.
 */
@RestController
class ReaderExportController {

	private static final int MAX_CONCURRENT_EXPORTS = 4;

	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(120);

	private final ProfileRepository profiles;

	private final ReaderEventPages events;

	private final JsonMapper mapper;

	private final Semaphore permits = new Semaphore(MAX_CONCURRENT_EXPORTS);

	ReaderExportController(ProfileRepository profiles, ReaderEventPages events, JsonMapper mapper) {
		this.profiles = profiles;
		this.events = events;
		this.mapper = mapper;
	}

	@GetMapping(path = "/api/v1/readers/{reader}/export", produces = MediaType.APPLICATION_NDJSON_VALUE)
	Mono<ResponseEntity<Flux<DataBuffer>>> export(@PathVariable String reader,
			@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters.requireKnown(parameters, Set.of());
		return this.profiles.find(reader)
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemType.NOT_FOUND, "No reader has this handle.")))
			.map(ReaderLine::of)
			.map((account) -> ResponseEntity.ok()
				.contentType(MediaType.APPLICATION_NDJSON)
				.header(HttpHeaders.CONTENT_DISPOSITION,
						ContentDisposition.attachment().filename("lectern-" + reader + ".ndjson").build().toString())
				.body(content(reader, account)));
	}

	private Flux<DataBuffer> content(String reader, ReaderLine account) {
		return Flux.defer(() -> {
			if (!this.permits.tryAcquire()) {
				return Flux.error(Problem
					.of(ProblemType.UNAVAILABLE, "Too many exports are running. Try again when one has ended.")
					.withHeader(HttpHeaders.RETRY_AFTER, "10"));
			}
			Flux<DataBuffer> lines = Flux.concat(Mono.fromSupplier(() -> lines(List.of(account))),
					this.events.read(reader)
						// Encoding is CPU work, which must not occupy an event loop.
						.publishOn(Schedulers.boundedElastic(), 1)
						.map((page) -> lines(page.stream().<Object>map(ExportedEvent::of).toList())));
			return IdleConsumerTimeout.apply(lines, IDLE_TIMEOUT).doFinally((_) -> this.permits.release());
		});
	}

	private DataBuffer lines(List<Object> documents) {
		ByteArrayOutputStream lines = new ByteArrayOutputStream();
		for (Object document : documents) {
			lines.writeBytes(this.mapper.writeValueAsBytes(document));
			lines.write('\n');
		}
		return DefaultDataBufferFactory.sharedInstance.wrap(lines.toByteArray());
	}

}
