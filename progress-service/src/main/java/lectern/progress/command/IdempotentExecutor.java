package lectern.progress.command;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import lectern.progress.eventlog.CommandReference;
import lectern.progress.eventlog.DuplicateCommandException;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.eventlog.StoredCommand;
import lectern.progress.eventlog.StoredResponse;
import lectern.streaming.log.Cursor;
import lectern.web.IdempotencyKey;
import lectern.web.IdempotencyKeyResolver;
import lectern.web.Problem;
import lectern.web.RenderedResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Returns the first response again for a command that is repeated with its idempotency
 * key. Keys belong to a reader. A rejected command changed nothing, so its key stays
 * unused.
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
	 * Run a command and return its response, or return the response to the first request
	 * with its key.
	 * @param command creates the cold publisher of the command, given how to remember it;
	 * null not to remember it
	 * @param repetition gives the result of a command that was handled before
	 * @param responder creates the response from the result
	 * @return cold; fails as the command does, and with status 422 if the key was used
	 * for another command
	 */
	<R> Mono<ResponseEntity<String>> execute(IdempotentRequest request,
			Function<@Nullable IdempotencyRecord, Mono<R>> command, Function<CommandReference, Mono<R>> repetition,
			Function<R, ResponseEntity<?>> responder) {
		IdempotencyKey key = this.keys.resolve(request.request(), request.body());
		if (key == null) {
			return command.apply(null).map((result) -> render(responder.apply(result)).toResponseEntity());
		}
		Mono<ResponseEntity<String>> stored = this.log.storedCommand(request.reader(), key.value())
			.flatMap((first) -> replay(first, key, repetition, responder));
		Mono<ResponseEntity<String>> handled = command.apply(request.toRecord(key))
			.map((result) -> render(responder.apply(result)).toResponseEntity())
			.onErrorResume(IdempotentExecutor::mayBeDuplicate, (failure) -> stored.switchIfEmpty(Mono.error(failure)));
		// A command that waited for its key looks for the first request first.
		return this.executor.runExclusively(request.exclusiveKey(key), handled, stored.switchIfEmpty(handled));
	}

	/** The same for a command whose response is always stored as it was. */
	<R> Mono<ResponseEntity<String>> execute(IdempotentRequest request,
			Function<@Nullable IdempotencyRecord, Mono<R>> command, Function<R, ResponseEntity<?>> responder) {
		return execute(request, command,
				(reference) -> Mono.error(new IllegalStateException("The response is not stored: " + reference)),
				responder);
	}

	/** The text of a response that the log stores. */
	String toText(ResponseEntity<?> response) {
		return this.mapper.writeValueAsString(render(response));
	}

	private RenderedResponse render(ResponseEntity<?> response) {
		return this.keys.render(response);
	}

	/**
	 * The first request is looked up only after a failure, which saves a query for the
	 * first use of a key, nearly always the case. A problem can also mean a repeated
	 * command: a rule or a precondition may reject now what was done the first time.
	 */
	private static boolean mayBeDuplicate(Throwable failure) {
		return failure instanceof DuplicateCommandException || failure instanceof Problem;
	}

	private <R> Mono<ResponseEntity<String>> replay(StoredCommand first, IdempotencyKey key,
			Function<CommandReference, Mono<R>> repetition, Function<R, ResponseEntity<?>> responder) {
		key.requireSameCommand(first.hash());
		return switch (first) {
			case CommandReference reference ->
				repetition.apply(reference).map((result) -> render(responder.apply(result)).toReplayedResponseEntity());
			case StoredResponse response -> Mono.just(replay(response));
		};
	}

	/** The response was rendered before the position of the command was known. */
	private ResponseEntity<String> replay(StoredResponse stored) {
		RenderedResponse response = this.mapper.readValue(stored.text(), RenderedResponse.class);
		Cursor cursor = stored.cursor();
		if (cursor == null) {
			return response.toReplayedResponseEntity();
		}
		Map<String, String> headers = new HashMap<>(response.headers());
		headers.put(Cursor.HEADER, cursor.toString());
		return new RenderedResponse(response.status(), headers, response.content()).toReplayedResponseEntity();
	}

}
