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

import static lectern.web.Columns.required;

/**
 * Stores the first response to a command with an idempotency key for seven days, and
 * returns it when the command is repeated. Writes are serialized, so that a concurrent
 * repeat waits for the first. A command that was rejected stores nothing: its key can be
 * used again.
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

	/** Resolves the keys of requests. */
	public IdempotencyKeyResolver keys() {
		return this.keys;
	}

	/**
	 * Execute a command and store its response, or return the stored one.
	 * @param reader who sent the command; each reader has keys of their own
	 * @param key null if the command has none; it is then executed without storing
	 * @param command the work and its response
	 * @return cold; fails with the error of the command, and with 422 if the key was used
	 * with another command
	 */
	public Mono<ResponseEntity<String>> executeOnce(String reader, @Nullable IdempotencyKey key,
			Mono<? extends ResponseEntity<?>> command) {
		Mono<RenderedResponse> response = command.map(this.keys::render);
		if (key == null) {
			return response.map(RenderedResponse::toResponseEntity);
		}
		return this.changes.inExclusiveTransaction(deleteExpired().then(findStored(reader, key))
			.map(RenderedResponse::toReplayedResponseEntity)
			.switchIfEmpty(
					response.flatMap((first) -> store(reader, key, first).thenReturn(first.toResponseEntity()))));
	}

	private Mono<Void> deleteExpired() {
		return this.database.sql("delete from idempotency_record where expires_at < :now").bind("now", now()).then();
	}

	private Mono<RenderedResponse> findStored(String reader, IdempotencyKey key) {
		return this.database.sql("select hash, response from idempotency_record where reader = :reader and key = :key")
			.bind("reader", reader)
			.bind("key", key.value())
			.map((row) -> {
				key.requireSameCommand(required(row, "hash", String.class));
				return this.mapper.readValue(row.get("response", String.class), RenderedResponse.class);
			})
			.one();
	}

	private Mono<Void> store(String reader, IdempotencyKey key, RenderedResponse response) {
		return this.database.sql("""
				insert into idempotency_record (reader, key, hash, response, expires_at)
				values (:reader, :key, :hash, :response, :expiresAt)
				""")
			.bind("reader", reader)
			.bind("key", key.value())
			.bind("hash", key.commandHash())
			.bind("response", this.mapper.writeValueAsString(response))
			.bind("expiresAt", now().plus(RETENTION))
			.then();
	}

	private OffsetDateTime now() {
		return this.clock.instant().atOffset(ZoneOffset.UTC);
	}

}
