package lectern.progress.command;

import java.util.function.Function;

import lectern.progress.eventlog.DuplicateCommandException;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.eventlog.StoredResponse;
import lectern.web.IdempotencyKey;
import lectern.web.IdempotencyKeyResolver;
import lectern.web.Problem;
import lectern.web.RenderedResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * Returns the stored response for a command that is repeated with its idempotency key.
 * Keys belong to a reader. A rejected command changed nothing, so its key stays unused.
 */
@Component
class IdempotentExecutor {

	private final EventLog log;

	private final KeyedSerialExecutor executor;

	private final JsonMapper mapper;

	private final IdempotencyKeyResolver keys;

	IdempotentExecutor(EventLog log, KeyedSerialExecutor executor, JsonMapper mapper) {
		this.log = log;
		this.executor = executor;
		this.mapper = mapper;
		this.keys = new IdempotencyKeyResolver(mapper);
	}

	/**
	 * Run a command and return its response, or return the stored response.
	 * @param body the parsed and valid body of the request
	 * @param command creates the cold publisher of the command, given how to store its
	 * response
	 * @param responder creates the response from the result; it must be quick, as
	 * {@link IdempotencyRecord} says
	 * @return cold; fails as the command does, and with status 422 if the key was used
	 * for another command
	 */
	<O> Mono<ResponseEntity<String>> execute(ServerHttpRequest request, String reader, Object body,
			Function<IdempotencyRecordFactory<O>, Mono<O>> command, Function<O, ResponseEntity<?>> responder) {
		Function<O, RenderedResponse> renderer = (result) -> this.keys.render(responder.apply(result));
		IdempotencyKey key = this.keys.resolve(request, body);
		if (key == null) {
			return command.apply((_, _) -> null).map(renderer).map(RenderedResponse::toResponseEntity);
		}
		Function<O, String> serializer = renderer.andThen(this.mapper::writeValueAsString);
		Mono<ResponseEntity<String>> stored = this.log.storedResponse(reader, key.value())
			.map((response) -> replay(response, key));
		Mono<ResponseEntity<String>> handled = command
			.apply((retention, result) -> new IdempotencyRecord(reader, key.value(), key.commandHash(), retention,
					(appended) -> serializer.apply(result.apply(appended))))
			.map(renderer)
			.map(RenderedResponse::toResponseEntity)
			.onErrorResume(IdempotentExecutor::mayBeDuplicate, (failure) -> stored.switchIfEmpty(Mono.error(failure)));
		// A command that waited for its key looks for the stored response first.
		return this.executor.runExclusively(reader + " " + key.value(), handled, stored.switchIfEmpty(handled));
	}

	/**
	 * The stored response is looked up only after a failure, which saves a query for the
	 * first use of a key, nearly always the case. A problem can also mean a repeated
	 * command: a rule or a precondition may reject now what was done the first time.
	 */
	private static boolean mayBeDuplicate(Throwable failure) {
		return failure instanceof DuplicateCommandException || failure instanceof Problem;
	}

	private ResponseEntity<String> replay(StoredResponse stored, IdempotencyKey key) {
		key.requireSameCommand(stored.hash());
		return this.mapper.readValue(stored.text(), RenderedResponse.class).toReplayedResponseEntity();
	}

}
