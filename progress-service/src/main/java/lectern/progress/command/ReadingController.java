package lectern.progress.command;

import java.net.URI;
import java.util.UUID;

import jakarta.validation.Valid;
import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

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

/** Starts readings and accepts position reports. */
@RestController
@RequestMapping(path = ReadingController.PATH, consumes = MediaType.APPLICATION_JSON_VALUE,
		produces = MediaType.APPLICATION_JSON_VALUE)
class ReadingController {

	static final String PATH = "/api/v1/readers/{reader}/readings";

	private final ReadingCommandHandler commandHandler;

	private final StartHandler startHandler;

	private final IdempotentExecutor idempotentExecutor;

	ReadingController(ReadingCommandHandler commandHandler, StartHandler startHandler,
			IdempotentExecutor idempotentExecutor) {
		this.commandHandler = commandHandler;
		this.startHandler = startHandler;
		this.idempotentExecutor = idempotentExecutor;
	}

	@PostMapping
	Mono<ResponseEntity<String>> start(@PathVariable String reader, ServerHttpRequest request,
			@Valid @RequestBody Mono<StartReadingRequest> body) {
		return body.flatMap((start) -> this.idempotentExecutor.execute(IdempotentRequest.of(request, reader, start),
				(idempotencyRecord) -> this.startHandler.handle(reader, start, idempotencyRecord),
				this.commandHandler::result, (result) -> startedResponse(reader, result)));
	}

	private static ResponseEntity<ReadingDocument> startedResponse(String reader, ReadingCommandResult result) {
		HttpStatus status = result.changed() ? HttpStatus.CREATED : HttpStatus.OK;
		return result.response(status).location(location(reader, result.lastEvent().stream())).body(result.reading());
	}

	@PostMapping("/{reading}/positions")
	Mono<ResponseEntity<String>> report(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @Valid @RequestBody Mono<PositionRequest> body) {
		UUID id = ReadingId.parse(reading);
		return body.flatMap((position) -> report(reader, id, ifMatch, request, position));
	}

	/** Handle a report whose content was read and validated. */
	Mono<ResponseEntity<String>> report(String reader, UUID id, @Nullable String ifMatch, ServerHttpRequest request,
			PositionRequest position) {
		return this.idempotentExecutor.execute(IdempotentRequest.ofReport(request, reader, position),
				(idempotencyRecord) -> this.commandHandler.handle(id, ReadingPrecondition.ofIfMatch(ifMatch),
						(receivedAt) -> position.toCommand(reader, receivedAt), idempotencyRecord),
				this.commandHandler::result, (result) -> result.response().body(PositionResponse.of(result)));
	}

	/** The path of a reading. */
	static URI location(String reader, String reading) {
		return UriComponentsBuilder.fromPath(PATH + "/{reading}").encode().build(reader, reading);
	}

}
