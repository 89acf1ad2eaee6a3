package lectern.progress.account;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import lectern.web.EntityTag;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/** Deletes accounts with their sessions. Every publisher is cold. */
@Repository
public class AccountRemoval {

	private final DatabaseClient database;

	private final SessionRepository sessionRepository;

	private final Sessions sessions;

	AccountRemoval(DatabaseClient database, SessionRepository sessionRepository, Sessions sessions) {
		this.database = database;
		this.sessionRepository = sessionRepository;
		this.sessions = sessions;
	}

	/**
	 * Delete an account, in the caller's transaction.
	 * @param ifMatch as the client sent it; null if absent
	 * @return empty if there is no such account; fails with a problem if the precondition
	 * does not hold, or no operator would be left
	 */
	public Mono<RemovedAccount> delete(String reader, @Nullable String ifMatch) {
		return lock(reader, ifMatch).flatMap((locked) -> {
			if (locked.lastOperator) {
				throw RoleRepository.lastOperator();
			}
			return delete(reader, locked.erasureId);
		});
	}

	/** Delete an account that was deleted before; as above, whoever is left. */
	public Mono<RemovedAccount> deleteAgain(String reader) {
		return lock(reader, "*").flatMap((locked) -> delete(reader, locked.erasureId));
	}

	/** All operators are locked, so that two of them cannot be erased at once. */
	private Mono<LockedAccount> lock(String reader, @Nullable String ifMatch) {
		return this.database.sql("""
				with locked as (
				    select reader, version, erasure_id, 'operator' = any(roles) as operator from account
				    where reader = :reader or 'operator' = any(roles) order by reader for update)
				select version, erasure_id,
				    operator and (select count(*) from locked where operator) = 1 as last_operator
				from locked where reader = :reader
				""").bind("reader", reader).map((row) -> {
			new EntityTag(required(row, "version", Integer.class)).requireMatch(ifMatch);
			return new LockedAccount(required(row, "erasure_id", UUID.class),
					required(row, "last_operator", Boolean.class));
		}).one();
	}

	private Mono<RemovedAccount> delete(String reader, UUID erasureId) {
		return Mono.just(erasureId)
			.flatMap((id) -> this.sessionRepository.endAll(reader)
				.collectList()
				.map((ended) -> new RemovedAccount(id, ended)))
			.delayUntil((_) -> this.database.sql("delete from account where reader = :reader")
				.bind("reader", reader)
				.then());
	}

	/** Reject the tokens of an account in this process at once, after the commit. */
	public void revoke(RemovedAccount account) {
		this.sessions.revoke(account.sessions());
	}

	/** The handles of the accounts with these ids. */
	public Flux<String> findErased(Collection<UUID> erasureIds) {
		return this.database.sql("select reader from account where erasure_id = any(:ids)")
			.bind("ids", erasureIds.toArray(UUID[]::new))
			.map((row) -> required(row, "reader", String.class))
			.all();
	}

	/**
	 * An account that is about to be deleted.
	 *
	 * @param lastOperator whether no other account has the role operator
	 */
	private record LockedAccount(UUID erasureId, boolean lastOperator) {
	}

	/**
	 * An account that was deleted.
	 *
	 * @param erasureId its random id on the list of erasures
	 * @param sessions the sessions that have ended with it
	 */
	public record RemovedAccount(UUID erasureId, List<UUID> sessions) {

		public RemovedAccount {
			sessions = List.copyOf(sessions);
		}

	}

}
