package lectern.progress.command;

import java.util.UUID;

import jakarta.validation.Valid;
import lectern.progress.command.ReadingCommandRequest.AbandonRequest;
import lectern.progress.command.ReadingCommandRequest.FinishRequest;
import lectern.progress.command.ReadingCommandRequest.ReadingAtTime;
import lectern.progress.command.ReadingCommandRequest.ReopenRequest;
import lectern.progress.command.ReadingCommandRequest.ResumeRequest;
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

/**
 * Finishes, reopens, abandons and resumes readings. Every response is the reading after
 * the command.
 */
@RestController
@RequestMapping(path = ReadingController.PATH + "/{reading}", produces = MediaType.APPLICATION_JSON_VALUE)
class ReadingLifecycleController {

	private final ReadingCommandHandler commandHandler;

	private final IdempotentExecutor idempotentExecutor;

	ReadingLifecycleController(ReadingCommandHandler commandHandler, IdempotentExecutor idempotentExecutor) {
		this.commandHandler = commandHandler;
		this.idempotentExecutor = idempotentExecutor;
	}

	@PostMapping("/finish")
	Mono<ResponseEntity<String>> finish(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @Valid @RequestBody(required = false) Mono<FinishRequest> body) {
		return handle(reader, reading, ifMatch, request, body.defaultIfEmpty(FinishRequest.NOW));
	}

	@PostMapping("/reopen")
	Mono<ResponseEntity<String>> reopen(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @Valid @RequestBody(required = false) Mono<ReopenRequest> body) {
		return handle(reader, reading, ifMatch, request, body.defaultIfEmpty(ReopenRequest.NOW));
	}

	@PostMapping("/abandon")
	Mono<ResponseEntity<String>> abandon(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @Valid @RequestBody(required = false) Mono<AbandonRequest> body) {
		return handle(reader, reading, ifMatch, request, body.defaultIfEmpty(AbandonRequest.NOW));
	}

	@PostMapping("/resume")
	Mono<ResponseEntity<String>> resume(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @Valid @RequestBody(required = false) Mono<ResumeRequest> body) {
		return handle(reader, reading, ifMatch, request, body.defaultIfEmpty(ResumeRequest.NOW));
	}

	private Mono<ResponseEntity<String>> handle(String reader, String reading, @Nullable String ifMatch,
			ServerHttpRequest request, Mono<? extends ReadingCommandRequest> body) {
		UUID id = ReadingId.parse(reading);
		return body.flatMap((command) -> this.idempotentExecutor.execute(IdempotentRequest.of(request, reader, command),
				(idempotencyRecord) -> this.commandHandler.handle(id, ReadingPrecondition.ofIfMatch(ifMatch),
						(receivedAt) -> command.toCommand(reader, receivedAt, ReadingAtTime.NONE), idempotencyRecord),
				this.commandHandler::result, (result) -> result.response().body(result.reading())));
	}

}
