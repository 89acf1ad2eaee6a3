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

/** Joins paths, leaves them and waives their gates. */
@RestController
@RequestMapping(path = PathMembershipController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class PathMembershipController {

	static final String PATH = "/api/v1/readers/{reader}/paths/{path}";

	private final PathCommandHandler commandHandler;

	private final IdempotentExecutor idempotentExecutor;

	PathMembershipController(PathCommandHandler paths, IdempotentExecutor idempotency) {
		this.commandHandler = paths;
		this.idempotentExecutor = idempotency;
	}

	@PutMapping
	Mono<ResponseEntity<PathStateDocument>> join(@PathVariable String reader, @PathVariable String path,
			@RequestHeader HttpHeaders headers, @RequestBody(required = false) Mono<JoinPathRequest> content) {
		ConditionalRequest condition = ConditionalRequest.of(headers);
		return content
			.then(Mono.defer(() -> this.commandHandler.handle(new PathStreamId(reader, path), joinCondition(condition),
					(receivedAt, standing) -> new JoinPath(reader, standing.path(), standing.finishedBooks(),
							receivedAt))))
			.map((outcome) -> outcome.changed()
					? outcome.response(HttpStatus.CREATED).location(location(reader, path)).body(outcome.document())
					: outcome.response(HttpStatus.OK).body(outcome.document()));
	}

	@DeleteMapping
	Mono<ResponseEntity<Void>> leave(@PathVariable String reader, @PathVariable String path,
			@RequestHeader HttpHeaders headers) {
		ConditionalRequest condition = ConditionalRequest.of(headers);
		return this.commandHandler
			.handle(new PathStreamId(reader, path),
					ifJoined((standing) -> condition.requireUpdateAllowed(standing.entityTag())),
					(receivedAt, _) -> new LeavePath(reader, receivedAt))
			.map((outcome) -> ResponseEntity.noContent().header(Cursor.HEADER, outcome.cursor().toString()).build());
	}

	/** Adds to what is there and replaces nothing: it may be made on any version. */
	@PostMapping("/gates/{gate}/waive")
	Mono<ResponseEntity<String>> waive(@PathVariable String reader, @PathVariable String path,
			@PathVariable String gate,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @RequestBody(required = false) Mono<EmptyBody> content) {
		return content.defaultIfEmpty(new EmptyBody())
			.flatMap((nothing) -> this.idempotentExecutor.execute(request, reader, nothing,
					(keeping) -> this.commandHandler.handle(new PathStreamId(reader, path),
							ifJoined(requireMatch(ifMatch)),
							(receivedAt, standing) -> new WaiveGate(reader, gate, standing.path(),
									standing.finishedBooks(), receivedAt),
							keeping),
					(PathCommandResult outcome) -> outcome.response(HttpStatus.OK).body(outcome.document())));
	}

	private static Consumer<PathState> requireMatch(@Nullable String ifMatch) {
		return (standing) -> {
			if (ifMatch != null) {
				standing.entityTag().requireMatch(ifMatch);
			}
		};
	}

	private static Consumer<PathState> joinCondition(ConditionalRequest condition) {
		return (standing) -> {
			if (standing.isJoined()) {
				condition.requireUpdateAllowed(standing.entityTag());
			}
			else {
				condition.requireCreateAllowed();
			}
		};
	}

	/** Of what is not there the rules say so themselves. */
	private static Consumer<PathState> ifJoined(Consumer<PathState> condition) {
		return (standing) -> {
			if (standing.isJoined()) {
				condition.accept(standing);
			}
		};
	}

	private static URI location(String reader, String path) {
		return UriComponentsBuilder.fromPath(PATH).encode().build(reader, path);
	}

}
