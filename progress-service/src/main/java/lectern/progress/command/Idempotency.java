package lectern.progress.command;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

import lectern.progress.log.EventLog;
import lectern.progress.log.KeptAnswer;
import lectern.progress.log.KeyTaken;
import lectern.progress.log.Receipt;
import lectern.web.Problem;
import lectern.web.ProblemType;

/**
 * Answers a command that is repeated under its key as it was answered first. Keys are of
 * a reader; a command that was refused did nothing and leaves its key free.
 */
@Component
class Idempotency {

	static final String KEY = "Idempotency-Key";

	static final String REPLAYED = "Idempotency-Replayed";

	private static final ProblemType REUSED = new ProblemType("idempotency-key-reused",
			HttpStatus.UNPROCESSABLE_CONTENT, "The key belongs to another command");

	private final EventLog log;

	private final Turns turns;

	private final JsonMapper mapper;

	/** Writes the same for the same content, however its members were ordered. */
	private final JsonMapper canonical;

	Idempotency(EventLog log, Turns turns, JsonMapper mapper) {
		this.log = log;
		this.turns = turns;
		this.mapper = mapper;
		this.canonical = mapper.rebuild()
			.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
			.disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
			.build();
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
		Function<O, Answer> answered = (outcome) -> answer(answer.apply(outcome));
		String key = key(request.getHeaders().getOrEmpty(KEY));
		if (key == null) {
			return work.apply((_, _) -> null).map(answered).map(Answer::entity);
		}
		String hash = hash(request, content);
		Function<O, String> kept = answered.andThen(this.mapper::writeValueAsString);
		Mono<ResponseEntity<String>> repeated = this.log.answer(reader, key).map((first) -> repeated(first, hash));
		Mono<ResponseEntity<String>> obeyed = work
			.apply((keptFor, outcome) -> new Receipt(reader, key, hash, keptFor,
					(appended) -> kept.apply(outcome.apply(appended))))
			.map(answered)
			.map(Answer::entity)
			.onErrorResume(Idempotency::mayBeRepeated, (failure) -> repeated.switchIfEmpty(Mono.error(failure)));
		// Who waited here for the first of its kind need not try.
		return this.turns.take(reader + " " + key, obeyed, repeated.switchIfEmpty(obeyed));
	}

	/**
	 * The key is looked for last: the first time, which is nearly always, that saves a
	 * look. A rule or a condition may refuse now what the first time has already done.
	 */
	private static boolean mayBeRepeated(Throwable failure) {
		return failure instanceof KeyTaken || failure instanceof Problem;
	}

	private ResponseEntity<String> repeated(KeptAnswer first, String hash) {
		if (!first.hash().equals(hash)) {
			throw Problem.of(REUSED, "Another command came under this " + KEY + " before; make a new one for each.");
		}
		ResponseEntity<String> entity = this.mapper.readValue(first.text(), Answer.class).entity();
		return ResponseEntity.status(entity.getStatusCode())
			.headers(entity.getHeaders())
			.header(REPLAYED, "true")
			.body(entity.getBody());
	}

	private Answer answer(ResponseEntity<?> entity) {
		return new Answer(entity.getStatusCode().value(), entity.getHeaders().toSingleValueMap(),
				this.mapper.writeValueAsString(entity.getBody()));
	}

	private static @Nullable String key(List<String> values) {
		if (values.isEmpty()) {
			return null;
		}
		if (values.size() > 1 || !values.getFirst().matches("[!-~]{1,200}")) {
			throw Problem.of(ProblemType.MALFORMED, KEY + " must be one of 1 to 200 visible ASCII characters.");
		}
		return values.getFirst();
	}

	private String hash(ServerHttpRequest request, Object content) {
		String command = request.getMethod() + "\n" + request.getPath().value() + "\n"
				+ this.canonical.writeValueAsString(content);
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(command.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

}
