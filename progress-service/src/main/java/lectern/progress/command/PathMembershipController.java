package lectern.progress.command;

import java.net.URI;
import java.util.function.Consumer;

import lectern.progress.model.PathCommand.JoinPath;
import lectern.progress.model.PathCommand.LeavePath;
import lectern.progress.model.PathCommand.WaiveGate;
import lectern.progress.pathprogress.PathState;
import lectern.progress.pathprogress.PathStateDocument;
import lectern.progress.pathprogress.PathStreamId;
import lectern.streaming.log.Cursor;
import lectern.web.ConditionalRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Joins and leaves paths and waives gates. */
@RestController
@RequestMapping(path = PathMembershipController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class PathMembershipController {

	static final String PATH = "/api/v1/readers/{reader}/paths/{path}";

	private final PathCommandHandler commandHandler;

	private final IdempotentExecutor idempotentExecutor;

	PathMembershipController(PathCommandHandler commandHandler, IdempotentExecutor idempotentExecutor) {
		this.commandHandler = commandHandler;
		this.idempotentExecutor = idempotentExecutor;
	}

	@PutMapping
	Mono<ResponseEntity<PathStateDocument>> join(@PathVariable String reader, @PathVariable String path,
			@RequestHeader HttpHeaders headers, @RequestBody(required = false) Mono<JoinPathRequest> body) {
		ConditionalRequest condition = ConditionalRequest.of(headers);
		return body
			.then(Mono.defer(() -> this.commandHandler.handle(new PathStreamId(reader, path), joinCondition(condition),
					(receivedAt, state) -> new JoinPath(reader, state.path(), state.finishedBooks(), receivedAt))))
			.map((result) -> result.changed()
					? result.response(HttpStatus.CREATED).location(location(reader, path)).body(result.document())
					: result.response(HttpStatus.OK).body(result.document()));
	}

	@DeleteMapping
	Mono<ResponseEntity<Void>> leave(@PathVariable String reader, @PathVariable String path,
			@RequestHeader HttpHeaders headers) {
		ConditionalRequest condition = ConditionalRequest.of(headers);
		return this.commandHandler
			.handle(new PathStreamId(reader, path),
					ifJoined((state) -> condition.requireUpdateAllowed(state.entityTag())),
					(receivedAt, _) -> new LeavePath(reader, receivedAt))
			.map((result) -> ResponseEntity.noContent().header(Cursor.HEADER, result.cursor().toString()).build());
	}

	/** The header If-Match is optional, since a waiver replaces nothing. */
	@PostMapping("/gates/{gate}/waive")
	Mono<ResponseEntity<String>> waive(@PathVariable String reader, @PathVariable String path,
			@PathVariable String gate,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @RequestBody(required = false) Mono<EmptyBody> body) {
		return body.defaultIfEmpty(new EmptyBody())
			.flatMap((empty) -> this.idempotentExecutor.execute(IdempotentRequest.of(request, reader, empty),
					(idempotencyRecord) -> this.commandHandler.handle(new PathStreamId(reader, path),
							ifJoined(requireMatch(ifMatch)),
							(receivedAt, state) -> new WaiveGate(reader, gate, state.path(), state.finishedBooks(),
									receivedAt),
							idempotencyRecord, (result) -> this.idempotentExecutor.toText(waivedResponse(result))),
					PathMembershipController::waivedResponse));
	}

	private static ResponseEntity<?> waivedResponse(PathCommandResult result) {
		return result.response(HttpStatus.OK).body(result.document());
	}

	private static Consumer<PathState> requireMatch(@Nullable String ifMatch) {
		return (state) -> {
			if (ifMatch != null) {
				state.entityTag().requireMatch(ifMatch);
			}
		};
	}

	private static Consumer<PathState> joinCondition(ConditionalRequest condition) {
		return (state) -> {
			if (state.isJoined()) {
				condition.requireUpdateAllowed(state.entityTag());
			}
			else {
				condition.requireCreateAllowed();
			}
		};
	}

	/** Checks the precondition only for a member; the rules reject the others. */
	private static Consumer<PathState> ifJoined(Consumer<PathState> condition) {
		return (state) -> {
			if (state.isJoined()) {
				condition.accept(state);
			}
		};
	}

	private static URI location(String reader, String path) {
		return UriComponentsBuilder.fromPath(PATH).encode().build(reader, path);
	}

}
