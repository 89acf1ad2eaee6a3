package lectern.progress.command;

import java.net.URI;
import java.util.function.Consumer;

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

import lectern.progress.model.PathCommand.JoinPath;
import lectern.progress.model.PathCommand.LeavePath;
import lectern.progress.model.PathCommand.WaiveGate;
import lectern.progress.path.PathDocument;
import lectern.progress.path.PathStream;
import lectern.progress.path.Standing;
import lectern.streaming.Cursor;
import lectern.web.Precondition;

/** Joins paths, leaves them and waives their gates. */
@RestController
@RequestMapping(path = PathController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class PathController {

	static final String PATH = "/api/v1/readers/{reader}/paths/{path}";

	private final Paths paths;

	private final Idempotency idempotency;

	PathController(Paths paths, Idempotency idempotency) {
		this.paths = paths;
		this.idempotency = idempotency;
	}

	@PutMapping
	Mono<ResponseEntity<PathDocument>> join(@PathVariable String reader, @PathVariable String path,
			@RequestHeader HttpHeaders headers, @RequestBody(required = false) Mono<JoinContent> content) {
		Precondition condition = Precondition.of(headers);
		return content
			.then(Mono.defer(() -> this.paths.obey(new PathStream(reader, path), toJoin(condition),
					(receivedAt, standing) -> new JoinPath(reader, standing.path(), standing.finished(), receivedAt))))
			.map((outcome) -> outcome.changed()
					? outcome.answer(HttpStatus.CREATED).location(address(reader, path)).body(outcome.document())
					: outcome.answer(HttpStatus.OK).body(outcome.document()));
	}

	@DeleteMapping
	Mono<ResponseEntity<Void>> leave(@PathVariable String reader, @PathVariable String path,
			@RequestHeader HttpHeaders headers) {
		Precondition condition = Precondition.of(headers);
		return this.paths.obey(new PathStream(reader, path), ifJoined((standing) -> {
			condition.requireToChange(standing.tag());
		}), (receivedAt, _) -> new LeavePath(reader, receivedAt))
			.map((outcome) -> ResponseEntity.noContent().header(Cursor.HEADER, outcome.cursor().toString()).build());
	}

	/** Adds to what is there and replaces nothing: it may be made on any version. */
	@PostMapping("/gates/{gate}/waive")
	Mono<ResponseEntity<String>> waive(@PathVariable String reader, @PathVariable String path,
			@PathVariable String gate,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @RequestBody(required = false) Mono<Nothing> content) {
		return content.defaultIfEmpty(new Nothing())
			.flatMap((nothing) -> this.idempotency.once(request, reader, nothing,
					(keeping) -> this.paths.obey(new PathStream(reader, path), ifJoined(matching(ifMatch)),
							(receivedAt, standing) -> new WaiveGate(reader, gate, standing.path(), standing.finished(),
									receivedAt),
							keeping),
					(PathOutcome outcome) -> outcome.answer(HttpStatus.OK).body(outcome.document())));
	}

	private static Consumer<Standing> matching(@Nullable String ifMatch) {
		return (standing) -> {
			if (ifMatch != null) {
				standing.tag().require(ifMatch);
			}
		};
	}

	private static Consumer<Standing> toJoin(Precondition condition) {
		return (standing) -> {
			if (standing.isJoined()) {
				condition.requireToChange(standing.tag());
			}
			else {
				condition.requireToCreate();
			}
		};
	}

	/** Of what is not there the rules say so themselves. */
	private static Consumer<Standing> ifJoined(Consumer<Standing> condition) {
		return (standing) -> {
			if (standing.isJoined()) {
				condition.accept(standing);
			}
		};
	}

	private static URI address(String reader, String path) {
		return UriComponentsBuilder.fromPath(PATH).encode().build(reader, path);
	}

}
