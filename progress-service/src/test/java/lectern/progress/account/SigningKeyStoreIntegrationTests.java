package lectern.progress.account;

import java.util.List;
import java.util.stream.Stream;

import com.nimbusds.jose.jwk.ECKey;
import io.r2dbc.spi.ConnectionFactories;
import lectern.progress.TestDatabase;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.r2dbc.core.DatabaseClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class SigningKeyStoreIntegrationTests {

	@Test
	void concurrentInstancesLoadOneKeyWithPrivatePart() {
		String url = TestDatabase.create();
		DatabaseClient database = DatabaseClient
			.create(ConnectionFactories.get("r2dbc:" + url.replace("://", "://postgres:postgres@")));
		List<SigningKeyStore> instances = Stream.generate(() -> new SigningKeyStore(database)).limit(8).toList();
		List<ECKey> keys = Flux.fromIterable(instances)
			.flatMap(SigningKeyStore::get, 8)
			.collectList()
			.block(HANG_LIMIT);
		assertThat(keys).hasSize(8).containsOnly(new SigningKeyStore(database).get().block(HANG_LIMIT));
		assertThat(keys).allMatch(ECKey::isPrivate);
	}

}
