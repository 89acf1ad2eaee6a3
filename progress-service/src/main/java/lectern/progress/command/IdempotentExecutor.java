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
 * Answers a command that is repeated under its key as it was answered first. Keys are of
 * a reader; a command that was refused did nothing and leaves its key free.
 */
@Component
class IdempotentExecutor {

	private final EventLog log;

	private final KeyedSerialExecutor executor;

	private final JsonMapper mapper;

	private final IdempotencyKeyResolver keys;

	IdempotentExecutor(EventLog log, KeyedSerialExecutor turns, JsonMapper mapper) {
		this.log = log;
		this.executor = turns;
		this.mapper = mapper;
		this.keys = new IdempotencyKeyResolver(mapper);
	}

	/**
	 * Do some work and answer it, or repeat the first answer.
	 * @param content of the request, read and valid
	 * @param work given how to keep its answer; cold
	 * @param answer what the work's outcome is answered; quick, as
	 * {@link IdempotencyRecord} says
	 * @return cold; fails as the work does, and with 422 if the key came with another
	 * command
	 */
	<O> Mono<ResponseEntity<String>> execute(ServerHttpRequest request, String reader, Object content,
			Function<IdempotencyRecordFactory<O>, Mono<O>> work, Function<O, ResponseEntity<?>> answer) {
		Function<O, RenderedResponse> answered = (outcome) -> this.keys.render(answer.apply(outcome));
		IdempotencyKey key = this.keys.resolve(request, content);
		if (key == null) {
			return work.apply((_, _) -> null).map(answered).map(RenderedResponse::toResponseEntity);
		}
		Function<O, String> kept = answered.andThen(this.mapper::writeValueAsString);
		Mono<ResponseEntity<String>> repeated = this.log.storedResponse(reader, key.value())
			.map((first) -> replay(first, key));
		Mono<ResponseEntity<String>> obeyed = work
			.apply((keptFor, outcome) -> new IdempotencyRecord(reader, key.value(), key.commandHash(), keptFor,
					(appended) -> kept.apply(outcome.apply(appended))))
			.map(answered)
			.map(RenderedResponse::toResponseEntity)
			.onErrorResume(IdempotentExecutor::mayBeDuplicate,
					(failure) -> repeated.switchIfEmpty(Mono.error(failure)));
		// Who waited here for the first of its kind need not try.
		return this.executor.runExclusively(reader + " " + key.value(), obeyed, repeated.switchIfEmpty(obeyed));
	}

	/**
	 * The key is looked for last: the first time, which is nearly always, that saves a
	 * look. A rule or a condition may refuse now what the first time has already done.
	 */
	private static boolean mayBeDuplicate(Throwable failure) {
		return failure instanceof DuplicateCommandException || failure instanceof Problem;
	}

	private ResponseEntity<String> replay(StoredResponse first, IdempotencyKey key) {
		key.requireSameCommand(first.hash());
		return this.mapper.readValue(first.text(), RenderedResponse.class).toReplayedResponseEntity();
	}

}
