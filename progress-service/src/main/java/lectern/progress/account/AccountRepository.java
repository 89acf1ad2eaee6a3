package lectern.progress.account;

import java.util.List;

import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/** Stores accounts in PostgreSQL. */
@Repository
class AccountRepository {

	private final DatabaseClient database;

	AccountRepository(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Find the account with a handle.
	 * @return cold; empty if there is none
	 */
	Mono<StoredAccount> find(String reader) {
		return this.database.sql("select reader, name, roles, password_hash from account where reader = :reader")
			.bind("reader", reader)
			.map(AccountRepository::storedAccount)
			.one();
	}

	/** Tell whether there is an account with a handle; cold. */
	Mono<Boolean> exists(String reader) {
		return this.database.sql("select exists (select from account where reader = :reader)")
			.bind("reader", reader)
			.map((row) -> required(row, 0, Boolean.class))
			.one();
	}

	/**
	 * Add an account.
	 * @return cold; false if the handle is taken, or its former reader is being erased,
	 * and then nothing is changed
	 */
	Mono<Boolean> insert(StoredAccount account) {
		return execute(account, """
				insert into account (reader, name, password_hash, roles)
				select :reader, :name, :hash, :roles
				where not exists (select from erasure where reader = :reader)
				on conflict (reader) do nothing
				""").map((rows) -> rows == 1);
	}

	/**
	 * Delete an account if its reader is being erased.
	 * @return cold; the number of accounts, 0 or 1
	 */
	Mono<Long> deleteIfErased(String reader) {
		return this.database.sql("""
				delete from account where reader = :reader and exists (select from erasure where reader = :reader)
				""").bind("reader", reader).fetch().rowsUpdated();
	}

	/**
	 * Add an account, or replace the password and the roles of the account with this
	 * handle. Another password ends all its sessions.
	 * @return cold
	 */
	Mono<Void> upsert(StoredAccount account) {
		return execute(account, """
				insert into account (reader, name, password_hash, roles)
				values (:reader, :name, :hash, :roles)
				on conflict (reader) do update set password_hash = excluded.password_hash, roles = excluded.roles
				""").then();
	}

	/**
	 * Replace the password of an account, which ends all its sessions.
	 * @return cold; the number of accounts, 0 or 1
	 */
	Mono<Long> updatePassword(String reader, String passwordHash) {
		return this.database
			.sql("update account set password_hash = :hash, version = version + 1 where reader = :reader")
			.bind("reader", reader)
			.bind("hash", passwordHash)
			.fetch()
			.rowsUpdated();
	}

	private Mono<Long> execute(StoredAccount stored, String statement) {
		Account account = stored.account();
		return this.database.sql(statement)
			.bind("reader", account.reader())
			.bind("name", account.name())
			.bind("hash", stored.passwordHash())
			.bind("roles", account.roles().toArray(String[]::new))
			.fetch()
			.rowsUpdated();
	}

	private static StoredAccount storedAccount(Readable row) {
		return new StoredAccount(account(row), required(row, "password_hash", String.class));
	}

	/** Read the account in a row of this or of another query. */
	static Account account(Readable row) {
		return new Account(required(row, "reader", String.class), required(row, "name", String.class),
				List.of(required(row, "roles", String[].class)));
	}

}
