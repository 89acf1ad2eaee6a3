package lectern.progress.command;

import java.util.function.Function;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

import lectern.progress.log.EventLog;
import lectern.progress.log.KeptAnswer;
import lectern.progress.log.KeyTaken;
import lectern.progress.log.Receipt;
import lectern.web.Answer;
import lectern.web.IdempotencyKey;
import lectern.web.IdempotencyKeys;
import lectern.web.Problem;

/**
 * Answers a command that is repeated under its key as it was answered first. Keys are of
 * a reader; a command that was refused did nothing and leaves its key free.
 */
@Component
class Idempotency {

	private final EventLog log;

	private final Turns turns;

	private final JsonMapper mapper;

	private final IdempotencyKeys keys;

	Idempotency(EventLog log, Turns turns, JsonMapper mapper) {
		this.log = log;
		this.turns = turns;
		this.mapper = mapper;
		this.keys = new IdempotencyKeys(mapper);
	}

	/**
	 * Do some work and answer it, or repeat the first answer.
	 * @param content of the request, read and valid
	 * @param work given how to keep its answer; cold
	 * @param answer what the work's outcome is answered; quick, as {@link Receipt} says
	 * @return cold; fails as the work does, and with 422 if the key came with another
	 * command
	 */
	<O> Mono<ResponseEntity<String>> once(ServerHttpRequest request, String reader, Object content,
			Function<Keeping<O>, Mono<O>> work, Function<O, ResponseEntity<?>> answer) {
		Function<O, Answer> answered = (outcome) -> this.keys.answer(answer.apply(outcome));
		IdempotencyKey key = this.keys.of(request, content);
		if (key == null) {
			return work.apply((_, _) -> null).map(answered).map(Answer::entity);
		}
		Function<O, String> kept = answered.andThen(this.mapper::writeValueAsString);
		Mono<ResponseEntity<String>> repeated = this.log.answer(reader, key.value())
			.map((first) -> repeated(first, key));
		Mono<ResponseEntity<String>> obeyed = work
			.apply((keptFor, outcome) -> new Receipt(reader, key.value(), key.hash(), keptFor,
					(appended) -> kept.apply(outcome.apply(appended))))
			.map(answered)
			.map(Answer::entity)
			.onErrorResume(Idempotency::mayBeRepeated, (failure) -> repeated.switchIfEmpty(Mono.error(failure)));
		// Who waited here for the first of its kind need not try.
		return this.turns.take(reader + " " + key.value(), obeyed, repeated.switchIfEmpty(obeyed));
	}

	/**
	 * The key is looked for last: the first time, which is nearly always, that saves a
	 * look. A rule or a condition may refuse now what the first time has already done.
	 */
	private static boolean mayBeRepeated(Throwable failure) {
		return failure instanceof KeyTaken || failure instanceof Problem;
	}

	private ResponseEntity<String> repeated(KeptAnswer first, IdempotencyKey key) {
		key.requireSame(first.hash());
		return this.mapper.readValue(first.text(), Answer.class).repeated();
	}

}
