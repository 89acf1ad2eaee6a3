package lectern.progress.command;

import jakarta.validation.Valid;
import lectern.progress.representation.ReadingId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Removes readings that were begun by mistake, and undoes removals and restores. */
@RestController
class RemovalController {

	private final ReadingCommandHandler commandHandler;

	private final UndoHandler undoHandler;

	private final IdempotentExecutor idempotentExecutor;

	RemovalController(ReadingCommandHandler commandHandler, UndoHandler undoHandler,
			IdempotentExecutor idempotentExecutor) {
		this.commandHandler = commandHandler;
		this.undoHandler = undoHandler;
		this.idempotentExecutor = idempotentExecutor;
	}

	@DeleteMapping(path = ReadingController.PATH + "/{reading}", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<UndoableResponse>> remove(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
		return this.commandHandler
			.handle(ReadingId.parse(reading), ReadingPrecondition.ofRemoval(ifMatch),
					(receivedAt) -> RemovalRequest.NOW.toCommand(reader, receivedAt))
			.map((result) -> result.response().body(UndoableResponse.of(result)));
	}

	@PostMapping(path = "/api/v1/readers/{reader}/undo", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<String>> undo(@PathVariable String reader, ServerHttpRequest request,
			@Valid @RequestBody Mono<UndoRequest> body) {
		return body.flatMap((undo) -> this.idempotentExecutor.execute(IdempotentRequest.of(request, reader, undo),
				(idempotencyRecord) -> this.undoHandler.handle(reader, undo, idempotencyRecord),
				this.commandHandler::result, (result) -> result.response().body(UndoableResponse.of(result))));
	}

}
