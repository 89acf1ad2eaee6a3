package lectern.progress.command;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

import lectern.progress.catalog.KnownBooks;
import lectern.progress.document.ReadingDocument;
import lectern.progress.document.ReadingId;
import lectern.progress.model.Book;
import lectern.progress.model.ReadingCommand.StartReading;

/** Commands over HTTP. Every answer is the reading as the command left it. */
@RestController
@RequestMapping(path = ReadingController.PATH, consumes = MediaType.APPLICATION_JSON_VALUE,
		produces = MediaType.APPLICATION_JSON_VALUE)
class ReadingController {

	static final String PATH = "/api/v1/readers/{reader}/readings";

	private final Readings readings;

	private final KnownBooks books;

	private final Idempotency idempotency;

	ReadingController(Readings readings, KnownBooks books, Idempotency idempotency) {
		this.readings = readings;
		this.books = books;
		this.idempotency = idempotency;
	}

	@PostMapping
	Mono<ResponseEntity<String>> start(@PathVariable String reader, ServerHttpRequest request,
			@Valid @RequestBody Mono<StartContent> content) {
		return content.flatMap((start) -> this.idempotency.once(request, reader, start,
				(keeping) -> start(reader, start, keeping), (Outcome outcome) -> started(reader, outcome)));
	}

	private Mono<Outcome> start(String reader, StartContent start, Keeping<Outcome> keeping) {
		return Mono.zip(id(start), known(start.book()))
			.flatMap((both) -> this.readings.obey(both.getT1(), Condition.NONE, (receivedAt) -> new StartReading(reader,
					start.book(), both.getT2().orElse(null), start.edition(), receivedAt), keeping));
	}

	private static ResponseEntity<ReadingDocument> started(String reader, Outcome outcome) {
		HttpStatus status = outcome.changed() ? HttpStatus.CREATED : HttpStatus.OK;
		return outcome.answer(status).location(address(reader, outcome)).body(outcome.reading());
	}

	@PostMapping("/{reading}/positions")
	Mono<ResponseEntity<String>> report(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @Valid @RequestBody Mono<PositionContent> content) {
		UUID id = ReadingId.of(reading);
		return content.flatMap((position) -> this.idempotency.once(request, reader, position,
				(keeping) -> this.readings.obey(id, Condition.ifSaid(ifMatch),
						(receivedAt) -> position.by(reader, receivedAt), keeping),
				(Outcome outcome) -> outcome.answer().body(PositionAnswer.of(outcome))));
	}

	/** A new one may have to wait for randomness, so not on an event loop. */
	private static Mono<UUID> id(StartContent start) {
		return Mono.fromSupplier(start::readingId).subscribeOn(Schedulers.boundedElastic());
	}

	private Mono<Optional<Book>> known(String book) {
		return this.books.find(book).map(Optional::of).defaultIfEmpty(Optional.empty());
	}

	private static URI address(String reader, Outcome outcome) {
		return UriComponentsBuilder.fromPath(PATH + "/{reading}").encode().build(reader, outcome.last().stream());
	}

}
