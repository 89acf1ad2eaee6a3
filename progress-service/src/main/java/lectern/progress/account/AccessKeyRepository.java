package lectern.progress.account;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import lectern.streaming.postgreslog.UncancellableTransactions;
import lectern.web.KeysetPageRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * Stores the keys of readers in PostgreSQL. A trigger revokes the tokens of each key that
 * is deleted.
 */
@Repository
class AccessKeyRepository {

	private static final Duration LAST_USE_PRECISION = Duration.ofMinutes(1);

	private static final UUID BEFORE_ALL = new UUID(0, 0);

	private final DatabaseClient database;

	private final UncancellableTransactions transactions;

	AccessKeyRepository(DatabaseClient database, UncancellableTransactions transactions) {
		this.database = database;
		this.transactions = transactions;
	}

	/**
	 * Add a key. The row of the account is locked, because two requests at once would
	 * each count the keys without that of the other.
	 * @param maxKeys how many keys the reader may have
	 * @return cold; empty if the reader has as many keys already, or does not exist
	 */
	Mono<AccessKey> insert(String reader, String name, AccessKeySecret secret, Instant now, int maxKeys) {
		return this.transactions.run(this.database.sql("select 1 from account where reader = :reader for no key update")
			.bind("reader", reader)
			.map((_) -> true)
			.one()
			.flatMap((_) -> insertBelow(maxKeys, reader, name, secret, now)));
	}

	private Mono<AccessKey> insertBelow(int maxKeys, String reader, String name, AccessKeySecret secret, Instant now) {
		return this.database.sql("""
				insert into access_key (reader, name, digest, md5_digest, created_at)
				select :reader, :name, :digest, :md5Digest, :now
				where (select count(*) from access_key where reader = :reader) < :max
				returning id, name, created_at, last_used_at
				""")
			.bind("reader", reader)
			.bind("name", name)
			.bind("digest", secret.digest())
			.bind("md5Digest", secret.md5Digest())
			.bind("now", now.atOffset(ZoneOffset.UTC))
			.bind("max", maxKeys)
			.map(AccessKeyRepository::key)
			.one();
	}

	/**
	 * Find the account of a key, and note that the key is used.
	 * @return cold; empty if there is no such key
	 */
	Mono<TokenGrant> use(AccessKeySecret secret, Instant now) {
		return this.database.sql("""
				with used as (
				    update access_key set last_used_at = :now
				    where digest = :digest and (last_used_at is null or last_used_at < :before))
				select access_key.id, account.reader, account.name, account.roles, account.roles_id
				from access_key join account on account.reader = access_key.reader
				where digest = :digest
				""")
			.bind("digest", secret.digest())
			.bind("now", now.atOffset(ZoneOffset.UTC))
			.bind("before", now.minus(LAST_USE_PRECISION).atOffset(ZoneOffset.UTC))
			.map((row) -> new TokenGrant(AccountRepository.account(row), required(row, "roles_id", UUID.class),
					required(row, "id", UUID.class), null))
			.one();
	}

	/** List one item more than requested, so that the caller knows if there is more. */
	Flux<AccessKey> list(String reader, KeysetPageRequest page) {
		return this.database.sql("""
				select id, name, created_at, last_used_at from access_key
				where reader = :reader and id > :after order by id limit :limit
				""")
			.bind("reader", reader)
			.bind("after", (page.after() != null) ? UUID.fromString(page.after()) : BEFORE_ALL)
			.bind("limit", page.limit() + 1)
			.map(AccessKeyRepository::key)
			.all();
	}

	/**
	 * Delete a key of a reader.
	 * @return cold; the id of the key; empty if the reader has no such key
	 */
	Mono<UUID> delete(UUID id, String reader) {
		return this.database.sql("delete from access_key where id = :id and reader = :reader returning id")
			.bind("id", id)
			.bind("reader", reader)
			.map((row) -> required(row, "id", UUID.class))
			.one();
	}

	private static AccessKey key(Readable row) {
		@Nullable OffsetDateTime lastUsedAt = row.get("last_used_at", OffsetDateTime.class);
		return new AccessKey(required(row, "id", UUID.class), required(row, "name", String.class),
				required(row, "created_at", OffsetDateTime.class).toInstant(),
				(lastUsedAt != null) ? lastUsedAt.toInstant() : null);
	}

}
