package lectern.progress.command;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;

import jakarta.validation.Valid;
import lectern.progress.catalogreplica.BookReplica;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingId;
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

/** Commands over HTTP. Every answer is the reading as the command left it. */
@RestController
@RequestMapping(path = ReadingController.PATH, consumes = MediaType.APPLICATION_JSON_VALUE,
		produces = MediaType.APPLICATION_JSON_VALUE)
class ReadingController {

	static final String PATH = "/api/v1/readers/{reader}/readings";

	private final ReadingCommandHandler commandHandler;

	private final BookReplica books;

	private final IdempotentExecutor idempotentExecutor;

	ReadingController(ReadingCommandHandler readings, BookReplica books, IdempotentExecutor idempotency) {
		this.commandHandler = readings;
		this.books = books;
		this.idempotentExecutor = idempotency;
	}

	@PostMapping
	Mono<ResponseEntity<String>> start(@PathVariable String reader, ServerHttpRequest request,
			@Valid @RequestBody Mono<StartReadingRequest> content) {
		return content.flatMap((start) -> this.idempotentExecutor.execute(request, reader, start,
				(keeping) -> start(reader, start, keeping),
				(CommandResult outcome) -> startedResponse(reader, outcome)));
	}

	private Mono<CommandResult> start(String reader, StartReadingRequest start,
			IdempotencyRecordFactory<CommandResult> keeping) {
		return Mono.zip(readingId(start), findBook(start.book()))
			.flatMap((both) -> this.commandHandler.handle(both.getT1(), ReadingPrecondition.NONE,
					(receivedAt) -> new StartReading(reader, start.book(), both.getT2().orElse(null), start.edition(),
							receivedAt),
					keeping));
	}

	private static ResponseEntity<ReadingDocument> startedResponse(String reader, CommandResult outcome) {
		HttpStatus status = outcome.changed() ? HttpStatus.CREATED : HttpStatus.OK;
		return outcome.response(status).location(location(reader, outcome)).body(outcome.reading());
	}

	@PostMapping("/{reading}/positions")
	Mono<ResponseEntity<String>> report(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @Valid @RequestBody Mono<PositionRequest> content) {
		UUID id = ReadingId.parse(reading);
		return content.flatMap((position) -> this.idempotentExecutor.execute(request, reader, position,
				(keeping) -> this.commandHandler.handle(id, ReadingPrecondition.ofIfMatch(ifMatch),
						(receivedAt) -> position.toCommand(reader, receivedAt), keeping),
				(CommandResult outcome) -> outcome.response().body(PositionResponse.of(outcome))));
	}

	/** A new one may have to wait for randomness, so not on an event loop. */
	private static Mono<UUID> readingId(StartReadingRequest start) {
		return Mono.fromSupplier(start::readingId).subscribeOn(Schedulers.boundedElastic());
	}

	private Mono<Optional<BookSnapshot>> findBook(String book) {
		return this.books.find(book).map(Optional::of).defaultIfEmpty(Optional.empty());
	}

	private static URI location(String reader, CommandResult outcome) {
		return UriComponentsBuilder.fromPath(PATH + "/{reading}").encode().build(reader, outcome.lastEvent().stream());
	}

}
