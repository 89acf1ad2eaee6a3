package lectern.progress.account;

import java.util.List;
import java.util.stream.Stream;

import com.nimbusds.jose.jwk.JWK;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import lectern.progress.TestDatabase;
import lectern.progress.account.SigningKeyStore.SigningKeys;
import lectern.streaming.postgreslog.UncancellableTransactions;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class SigningKeyStoreIntegrationTests {

	private final ConnectionFactory connections = ConnectionFactories
		.get("r2dbc:" + TestDatabase.create().replace("://", "://postgres:postgres@"));

	@Test
	void concurrentInstancesLoadOneKeyWithPrivatePart() {
		List<SigningKeyStore> instances = Stream.generate(this::newInstance).limit(8).toList();
		List<SigningKeys> keys = Flux.fromIterable(instances)
			.flatMap(SigningKeyStore::load, 8)
			.collectList()
			.block(HANG_LIMIT);
		assertThat(keys).hasSize(8).extracting(SigningKeys::current).containsOnly(loadKeys().current());
		assertThat(keys).allMatch((each) -> each.current().isPrivate());
		assertThat(loadKeys().published().getKeys()).hasSize(2).noneMatch(JWK::isPrivate);
		assertThat(keys).extracting(SigningKeys::published).containsOnly(loadKeys().published());
	}

	@Test
	void rotationLetsThePublishedNextKeySignAndKeepsTheFormerOne() {
		SigningKeys before = loadKeys();
		List<String> idsBefore = ids(before);

		SigningKeys after = newInstance().rotate().blockOptional(HANG_LIMIT).orElseThrow();

		assertThat(after.current().getKeyID()).isEqualTo(idsBefore.get(1));
		assertThat(after.current().isPrivate()).isTrue();
		assertThat(ids(after)).hasSize(3).containsAll(idsBefore);
		assertThat(after.published().getKeys()).noneMatch(JWK::isPrivate);
		assertThat(loadKeys().published()).isEqualTo(after.published());
	}

	@Test
	void concurrentRotationsHappenOneAfterTheOther() {
		loadKeys();
		Flux.range(0, 4).flatMap((_) -> newInstance().rotate(), 4).blockLast(HANG_LIMIT);
		assertThat(ids(loadKeys())).hasSize(6).doesNotHaveDuplicates();
	}

	@Test
	void formerKeyIsNotPublishedOnceItsTokensHaveExpired() {
		String former = loadKeys().current().getKeyID();
		newInstance().rotate().block(HANG_LIMIT);
		DatabaseClient.create(this.connections)
			.sql("update published_key set retired_at = now() - interval '36 minutes' where retired_at is not null")
			.then()
			.block(HANG_LIMIT);
		assertThat(ids(loadKeys())).hasSize(2).doesNotContain(former);
	}

	private SigningKeys loadKeys() {
		return newInstance().load().blockOptional(HANG_LIMIT).orElseThrow();
	}

	private static List<String> ids(SigningKeys keys) {
		return keys.published().getKeys().stream().map(JWK::getKeyID).toList();
	}

	private SigningKeyStore newInstance() {
		return newInstance(this.connections);
	}

	/** Return an instance as another process has it. */
	static SigningKeyStore newInstance(ConnectionFactory connections) {
		return new SigningKeyStore(DatabaseClient.create(connections),
				new UncancellableTransactions(TransactionalOperator.create(new R2dbcTransactionManager(connections))));
	}

}
