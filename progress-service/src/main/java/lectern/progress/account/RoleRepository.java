package lectern.progress.account;

import java.util.List;
import java.util.function.Consumer;

import io.r2dbc.spi.Readable;
import lectern.streaming.postgreslog.UncancellableTransactions;
import lectern.web.EntityTag;
import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * Stores the roles of accounts. A trigger of the database revokes the tokens that contain
 * the former roles of an account; its sessions go on with new ones.
 */
@Repository
class RoleRepository {

	private static final ProblemType LAST_OPERATOR = new ProblemType("last-operator", HttpStatus.CONFLICT,
			"There must be an operator");

	private final DatabaseClient database;

	private final UncancellableTransactions transactions;

	RoleRepository(DatabaseClient database, UncancellableTransactions transactions) {
		this.database = database;
		this.transactions = transactions;
	}

	/**
	 * Find the roles of a reader.
	 * @return cold; fails with a {@link Problem} (404) if there is no such account
	 */
	Mono<AccountRoles> find(String reader) {
		return this.database.sql("select reader, roles, version from account where reader = :reader")
			.bind("reader", reader)
			.map(RoleRepository::accountRoles)
			.one()
			.switchIfEmpty(Mono.error(RoleRepository::unknownReader));
	}

	/**
	 * Replace the roles of a reader.
	 * @param precondition throws what is wrong with a change of the present version
	 * @return cold; the roles and the version after the change; fails with a
	 * {@link Problem} if there is no such account, or no operator would be left
	 */
	Mono<AccountRoles> replace(String reader, List<String> roles, Consumer<EntityTag> precondition) {
		return this.transactions.run(lock(reader).flatMap((accounts) -> {
			AccountRoles present = accounts.stream()
				.filter((account) -> account.reader.equals(reader))
				.findFirst()
				.orElseThrow(RoleRepository::unknownReader);
			precondition.accept(new EntityTag(present.version));
			if (present.roles.equals(roles)) {
				return Mono.just(present);
			}
			if (present.isOperator() && !roles.contains(Role.OPERATOR)
					&& accounts.stream().filter(AccountRoles::isOperator).count() == 1) {
				throw lastOperator();
			}
			return update(reader, roles);
		}));
	}

	/** Two operators who take each other's role must not both succeed. */
	private Mono<List<AccountRoles>> lock(String reader) {
		return this.database.sql("""
				select reader, roles, version from account
				where reader = :reader or 'operator' = any(roles) order by reader for update
				""").bind("reader", reader).map(RoleRepository::accountRoles).all().collectList();
	}

	private Mono<AccountRoles> update(String reader, List<String> roles) {
		return this.database.sql("""
				update account set roles = :roles, version = version + 1 where reader = :reader
				returning reader, roles, version
				""")
			.bind("reader", reader)
			.bind("roles", roles.toArray(String[]::new))
			.map((row) -> read(row, true))
			.one();
	}

	private static AccountRoles accountRoles(Readable row) {
		return read(row, false);
	}

	private static AccountRoles read(Readable row, boolean changed) {
		return new AccountRoles(required(row, "reader", String.class),
				Role.normalize(List.of(required(row, "roles", String[].class))),
				required(row, "version", Integer.class), changed);
	}

	/** The problem of a change after which nobody could give roles. */
	static Problem lastOperator() {
		return Problem.of(LAST_OPERATOR, "No other account has the role operator. Give it to another one first.");
	}

	private static Problem unknownReader() {
		return Problem.of(ProblemType.NOT_FOUND, "No reader has this handle.");
	}

	/**
	 * The roles of an account.
	 *
	 * @param roles in the order of {@link Role#ALL}
	 * @param version the version of the account
	 * @param changed whether they were other ones before
	 */
	record AccountRoles(String reader, List<String> roles, int version, boolean changed) {

		AccountRoles {
			roles = List.copyOf(roles);
		}

		private boolean isOperator() {
			return this.roles.contains(Role.OPERATOR);
		}

	}

}
