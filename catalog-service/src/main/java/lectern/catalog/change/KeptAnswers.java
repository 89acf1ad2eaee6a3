package lectern.catalog.change;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import lectern.web.Answer;
import lectern.web.IdempotencyKey;
import lectern.web.IdempotencyKeys;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ResponseEntity;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Answers a command that is repeated under its key within a week as it was answered
 * first. Writes take turns, so a repeat that comes while the first is under way waits for
 * it. A command that was refused did nothing and leaves its key free.
 */
@Component
public class KeptAnswers {

	private static final Duration KEPT = Duration.ofDays(7);

	private final DatabaseClient database;

	private final ChangeLog changes;

	private final Clock clock;

	private final JsonMapper mapper;

	private final IdempotencyKeys keys;

	KeptAnswers(DatabaseClient database, ChangeLog changes, Clock clock, JsonMapper mapper) {
		this.database = database;
		this.changes = changes;
		this.clock = clock;
		this.mapper = mapper;
		this.keys = new IdempotencyKeys(mapper);
	}

	/** How keys are read. */
	public IdempotencyKeys keys() {
		return this.keys;
	}

	/**
	 * Do some work and answer it, or repeat the first answer.
	 * @param key null if the command came without one
	 * @return cold; fails as the work does, and with 422 if the key came with another
	 * command
	 */
	public Mono<ResponseEntity<String>> once(String reader, @Nullable IdempotencyKey key,
			Mono<? extends ResponseEntity<?>> work) {
		Mono<Answer> answer = work.map(this.keys::answer);
		if (key == null) {
			return answer.map(Answer::entity);
		}
		return this.changes.inTurn(forget().then(first(reader, key))
			.map(Answer::repeated)
			.switchIfEmpty(answer.flatMap((given) -> keep(reader, key, given).thenReturn(given.entity()))));
	}

	private Mono<Void> forget() {
		return this.database.sql("delete from command where kept_until < :now").bind("now", now()).then();
	}

	private Mono<Answer> first(String reader, IdempotencyKey key) {
		return this.database.sql("select hash, answer from command where reader = :reader and key = :key")
			.bind("reader", reader)
			.bind("key", key.value())
			.map((row) -> {
				key.requireSame(row.get("hash", String.class));
				return this.mapper.readValue(row.get("answer", String.class), Answer.class);
			})
			.one();
	}

	private Mono<Void> keep(String reader, IdempotencyKey key, Answer answer) {
		return this.database.sql("""
				insert into command (reader, key, hash, answer, kept_until)
				values (:reader, :key, :hash, :answer, :until)
				""")
			.bind("reader", reader)
			.bind("key", key.value())
			.bind("hash", key.hash())
			.bind("answer", this.mapper.writeValueAsString(answer))
			.bind("until", now().plus(KEPT))
			.then();
	}

	private OffsetDateTime now() {
		return this.clock.instant().atOffset(ZoneOffset.UTC);
	}

}
