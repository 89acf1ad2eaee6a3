package lectern.progress.account;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import lectern.web.KeysetPageRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * Stores sessions in PostgreSQL. Triggers of the database revoke each session that is
 * deleted, and delete those of an account whose password is changed.
 */
@Repository
class SessionRepository {

	static final Duration LIFETIME = Duration.ofDays(30);

	private static final UUID BEFORE_ALL = new UUID(0, 0);

	private final DatabaseClient database;

	SessionRepository(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Begin a session of the account as it is now. The account is locked until the
	 * commit, so that a change of its password either ends this session or prevents it.
	 * @param account as it was when the password was verified
	 * @return cold; empty if the account has another password now, or does not exist
	 */
	Mono<AccountSession> insert(StoredAccount account, String client, Instant now) {
		return this.database.sql("""
				with begun as (
				    insert into session (reader, client, created_at, renewed_at, expires_at)
				    select reader, :client, :now, :now, :expiry from account
				    where reader = :reader and password_hash = :hash for share
				    returning *)
				select begun.id, client, begun.created_at, renewed_at, expires_at,
				    account.reader, account.name, account.roles, account.roles_id
				from begun join account on account.reader = begun.reader
				""")
			.bind("client", client)
			.bind("now", now.atOffset(ZoneOffset.UTC))
			.bind("expiry", now.plus(LIFETIME).atOffset(ZoneOffset.UTC))
			.bind("reader", account.account().reader())
			.bind("hash", account.passwordHash())
			.map(SessionRepository::accountSession)
			.one();
	}

	/**
	 * Renew a session.
	 * @return cold; the account as it is now; empty if the session has ended
	 */
	Mono<AccountSession> renew(UUID id, Instant now) {
		return this.database.sql("""
				update session set renewed_at = greatest(renewed_at, :now) from account
				where session.id = :id and session.expires_at > :now and account.reader = session.reader
				returning session.id, client, session.created_at, renewed_at, expires_at,
				    account.reader, account.name, account.roles, account.roles_id
				""")
			.bind("id", id)
			.bind("now", now.atOffset(ZoneOffset.UTC))
			.map(SessionRepository::accountSession)
			.one();
	}

	/** List one item more than requested, so that the caller knows if there is more. */
	Flux<ReaderSession> list(String reader, KeysetPageRequest page, Instant now) {
		return this.database.sql("""
				select id, client, created_at, renewed_at, expires_at from session
				where reader = :reader and expires_at > :now and id > :after order by id limit :limit
				""")
			.bind("reader", reader)
			.bind("now", now.atOffset(ZoneOffset.UTC))
			.bind("after", (page.after() != null) ? UUID.fromString(page.after()) : BEFORE_ALL)
			.bind("limit", page.limit() + 1)
			.map(SessionRepository::session)
			.all();
	}

	/**
	 * End a session of a reader.
	 * @return cold; the id of the session; empty if the reader has no such session
	 */
	Mono<UUID> end(UUID id, String reader) {
		return this.database.sql("delete from session where id = :id and reader = :reader returning id")
			.bind("id", id)
			.bind("reader", reader)
			.map((row) -> required(row, "id", UUID.class))
			.one();
	}

	/**
	 * End all sessions of a reader.
	 * @return cold; the ids of the sessions
	 */
	Flux<UUID> endAll(String reader) {
		return this.database.sql("delete from session where reader = :reader returning id")
			.bind("reader", reader)
			.map((row) -> required(row, "id", UUID.class))
			.all();
	}

	/**
	 * End those sessions of a reader that were not renewed for the longest time.
	 * @param kept how many do not end
	 * @return cold; the ids of the ended sessions
	 */
	Flux<UUID> endOldest(String reader, int kept) {
		return this.database.sql("""
				delete from session where id in (
				    select id from session where reader = :reader order by renewed_at desc, id offset :kept)
				returning id
				""").bind("reader", reader).bind("kept", kept).map((row) -> required(row, "id", UUID.class)).all();
	}

	/**
	 * Delete sessions that have expired; nothing has to be revoked.
	 * @return cold; the number of deleted sessions
	 */
	Mono<Long> deleteExpired(Instant now) {
		return this.database.sql("""
				delete from session where id in (
				    select id from session where expires_at < :now limit 1000 for update skip locked)
				""").bind("now", now.atOffset(ZoneOffset.UTC)).fetch().rowsUpdated();
	}

	private static AccountSession accountSession(Readable row) {
		return new AccountSession(session(row), AccountRepository.account(row), required(row, "roles_id", UUID.class));
	}

	private static ReaderSession session(Readable row) {
		return new ReaderSession(required(row, "id", UUID.class), required(row, "client", String.class),
				instant(row, "created_at"), instant(row, "renewed_at"), instant(row, "expires_at"));
	}

	private static Instant instant(Readable row, String column) {
		return required(row, column, OffsetDateTime.class).toInstant();
	}

	/**
	 * A session with the account that it belongs to.
	 *
	 * @param rolesId identifies the roles of the account
	 */
	record AccountSession(ReaderSession session, Account account, UUID rolesId) {

	}

}
