package lectern.progress.command;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingCommand.AbandonReading;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.ReopenReading;
import lectern.progress.model.ReadingCommand.ResumeReading;
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
			ServerHttpRequest request, @RequestBody(required = false) Mono<EmptyBody> body) {
		return handle(reader, reading, ifMatch, request, body, (receivedAt) -> new FinishReading(reader, receivedAt));
	}

	@PostMapping("/reopen")
	Mono<ResponseEntity<String>> reopen(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @RequestBody(required = false) Mono<EmptyBody> body) {
		return handle(reader, reading, ifMatch, request, body, (receivedAt) -> new ReopenReading(reader, receivedAt));
	}

	@PostMapping("/abandon")
	Mono<ResponseEntity<String>> abandon(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @RequestBody(required = false) Mono<EmptyBody> body) {
		return handle(reader, reading, ifMatch, request, body, (receivedAt) -> new AbandonReading(reader, receivedAt));
	}

	@PostMapping("/resume")
	Mono<ResponseEntity<String>> resume(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @RequestBody(required = false) Mono<EmptyBody> body) {
		return handle(reader, reading, ifMatch, request, body, (receivedAt) -> new ResumeReading(reader, receivedAt));
	}

	private Mono<ResponseEntity<String>> handle(String reader, String reading, @Nullable String ifMatch,
			ServerHttpRequest request, Mono<EmptyBody> body, Function<Instant, ReadingCommand> commandFactory) {
		UUID id = ReadingId.parse(reading);
		return body.defaultIfEmpty(new EmptyBody())
			.flatMap((empty) -> this.idempotentExecutor.execute(IdempotentRequest.of(request, reader, empty),
					(idempotencyRecord) -> this.commandHandler.handle(id, ReadingPrecondition.ofIfMatch(ifMatch),
							commandFactory, idempotencyRecord),
					this.commandHandler::result, (result) -> result.response().body(result.reading())));
	}

}
