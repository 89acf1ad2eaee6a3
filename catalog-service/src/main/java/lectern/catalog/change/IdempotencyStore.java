package lectern.catalog.change;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import lectern.web.IdempotencyKey;
import lectern.web.IdempotencyKeyResolver;
import lectern.web.RenderedResponse;
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
public class IdempotencyStore {

	private static final Duration RETENTION = Duration.ofDays(7);

	private final DatabaseClient database;

	private final ChangeLog changes;

	private final Clock clock;

	private final JsonMapper mapper;

	private final IdempotencyKeyResolver keys;

	IdempotencyStore(DatabaseClient database, ChangeLog changes, Clock clock, JsonMapper mapper) {
		this.database = database;
		this.changes = changes;
		this.clock = clock;
		this.mapper = mapper;
		this.keys = new IdempotencyKeyResolver(mapper);
	}

	/** How keys are read. */
	public IdempotencyKeyResolver keys() {
		return this.keys;
	}

	/**
	 * Do some work and answer it, or repeat the first answer.
	 * @param key null if the command came without one
	 * @return cold; fails as the work does, and with 422 if the key came with another
	 * command
	 */
	public Mono<ResponseEntity<String>> executeOnce(String reader, @Nullable IdempotencyKey key,
			Mono<? extends ResponseEntity<?>> work) {
		Mono<RenderedResponse> answer = work.map(this.keys::render);
		if (key == null) {
			return answer.map(RenderedResponse::toResponseEntity);
		}
		return this.changes.inExclusiveTransaction(deleteExpired().then(findStored(reader, key))
			.map(RenderedResponse::toReplayedResponseEntity)
			.switchIfEmpty(answer.flatMap((given) -> store(reader, key, given).thenReturn(given.toResponseEntity()))));
	}

	private Mono<Void> deleteExpired() {
		return this.database.sql("delete from command where kept_until < :now").bind("now", now()).then();
	}

	private Mono<RenderedResponse> findStored(String reader, IdempotencyKey key) {
		return this.database.sql("select hash, answer from command where reader = :reader and key = :key")
			.bind("reader", reader)
			.bind("key", key.value())
			.map((row) -> {
				key.requireSameCommand(row.get("hash", String.class));
				return this.mapper.readValue(row.get("answer", String.class), RenderedResponse.class);
			})
			.one();
	}

	private Mono<Void> store(String reader, IdempotencyKey key, RenderedResponse answer) {
		return this.database.sql("""
				insert into command (reader, key, hash, answer, kept_until)
				values (:reader, :key, :hash, :answer, :until)
				""")
			.bind("reader", reader)
			.bind("key", key.value())
			.bind("hash", key.commandHash())
			.bind("answer", this.mapper.writeValueAsString(answer))
			.bind("until", now().plus(RETENTION))
			.then();
	}

	private OffsetDateTime now() {
		return this.clock.instant().atOffset(ZoneOffset.UTC);
	}

}
