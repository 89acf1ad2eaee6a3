package lectern.progress.command;

import java.util.UUID;

import jakarta.validation.Valid;
import lectern.progress.representation.ReadingId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Restores the position that a reading had at an earlier time. */
@RestController
@RequestMapping(path = ReadingController.PATH + "/{reading}", produces = MediaType.APPLICATION_JSON_VALUE)
class RestoreController {

	private final ReadingCommandHandler commandHandler;

	private final RestoreHandler restoreHandler;

	private final IdempotentExecutor idempotentExecutor;

	RestoreController(ReadingCommandHandler commandHandler, RestoreHandler restoreHandler,
			IdempotentExecutor idempotentExecutor) {
		this.commandHandler = commandHandler;
		this.restoreHandler = restoreHandler;
		this.idempotentExecutor = idempotentExecutor;
	}

	@PostMapping(path = "/restore", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<String>> restore(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @Valid @RequestBody Mono<RestoreRequest> body) {
		UUID id = ReadingId.parse(reading);
		return body.flatMap((restore) -> this.idempotentExecutor.execute(IdempotentRequest.of(request, reader, restore),
				(idempotencyRecord) -> this.restoreHandler.handle(reader, id, ReadingPrecondition.ofIfMatch(ifMatch),
						restore, idempotencyRecord),
				this.commandHandler::result, (result) -> result.response().body(UndoableResponse.of(result))));
	}

}
