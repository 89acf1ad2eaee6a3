package lectern.progress.account;

import java.text.ParseException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * The key that signs tokens. The first instance that ever starts makes it; it stands in
 * the database, so that all instances have the same and tokens outlive a restart.
 */
@Repository
class SigningKeyStore {

	private final DatabaseClient database;

	private final Mono<ECKey> loaded;

	SigningKeyStore(DatabaseClient database) {
		this.database = database;
		// A failure is not kept: the next who needs the key tries again.
		this.loaded = Mono.defer(this::load).cacheInvalidateIf((_) -> false);
	}

	/**
	 * The key with its private part.
	 * @return hot once loaded; fails with what the database says
	 */
	Mono<ECKey> get() {
		return this.loaded;
	}

	private Mono<ECKey> load() {
		return find().switchIfEmpty(Mono.fromCallable(SigningKeyStore::generate)
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap(this::store));
	}

	private Mono<ECKey> find() {
		return this.database.sql("select jwk from signing_key").map((row) -> parse(row.get("jwk", String.class))).one();
	}

	/** Of two instances that start at once the first one's key stays, for both. */
	private Mono<ECKey> store(ECKey generated) {
		return this.database.sql("insert into signing_key (jwk) values (:jwk) on conflict do nothing")
			.bind("jwk", generated.toJSONString())
			.fetch()
			.rowsUpdated()
			.then(Mono.defer(this::find));
	}

	private static ECKey generate() throws JOSEException {
		return new ECKeyGenerator(Curve.P_256).keyUse(KeyUse.SIGNATURE)
			.algorithm(JWSAlgorithm.ES256)
			.keyIDFromThumbprint(true)
			.generate();
	}

	private static ECKey parse(String jwk) {
		try {
			return ECKey.parse(jwk);
		}
		catch (ParseException _) {
			// Its message could quote the key.
			throw new IllegalStateException("The stored signing key cannot be read");
		}
	}

}
