package lectern.progress.account;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/** Stores the profiles of accounts. */
@Repository
public class ProfileRepository {

	private static final String COLUMNS = "reader, name, roles, policy, zone, version, created_at";

	private final DatabaseClient database;

	ProfileRepository(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Find the profile of a reader.
	 * @return cold; empty if there is no such account
	 */
	public Mono<Profile> find(String reader) {
		return this.database.sql("select " + COLUMNS + " from account where reader = :reader")
			.bind("reader", reader)
			.map(ProfileRepository::profile)
			.one();
	}

	/**
	 * Change a profile.
	 * @param version the version on which the change is based
	 * @param password another one ends all sessions of the account
	 * @return the changed profile, cold; empty if it has another version or password
	 */
	Mono<Profile> update(String reader, int version, ProfileChange change, PasswordHashes password) {
		return this.database.sql("""
				update account set name = :name, policy = :policy, zone = :zone, version = version + 1,
				    password_hash = coalesce(:nextPassword, password_hash),
				    policy_changed_at = case when policy = :policy then policy_changed_at else clock_timestamp() end
				where reader = :reader and version = :version
				    and password_hash = coalesce(:presentPassword, password_hash)
				returning\s""" + COLUMNS)
			.bind("reader", reader)
			.bind("version", version)
			.bind("name", change.name())
			.bind("policy", change.policyOrDefault())
			.bind("zone", Parameters.in(R2dbcType.VARCHAR, change.zone()))
			.bind("presentPassword", Parameters.in(R2dbcType.VARCHAR, password.present()))
			.bind("nextPassword", Parameters.in(R2dbcType.VARCHAR, password.next()))
			.map(ProfileRepository::profile)
			.one();
	}

	private static Profile profile(Readable row) {
		return new Profile(required(row, "reader", String.class), required(row, "name", String.class),
				List.of(Objects.requireNonNull(row.get("roles", String[].class))),
				required(row, "policy", String.class), row.get("zone", String.class),
				required(row, "version", Integer.class), required(row, "created_at", OffsetDateTime.class).toInstant());
	}

}
