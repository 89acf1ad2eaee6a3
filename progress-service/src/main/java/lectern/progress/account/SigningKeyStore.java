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

import static lectern.web.Columns.required;

/**
 * Stores the key that signs tokens. The first instance to start generates it. It is kept
 * in the database, so that all instances share it and tokens survive a restart.
 */
@Repository
class SigningKeyStore {

	private final DatabaseClient database;

	private final Mono<ECKey> loaded;

	SigningKeyStore(DatabaseClient database) {
		this.database = database;
		// Failures are not cached: the next subscriber tries again.
		this.loaded = Mono.defer(this::load).cacheInvalidateIf((_) -> false);
	}

	/**
	 * Return the key with its private part.
	 * @return cold; loaded once and then cached; fails if the database does
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
		return this.database.sql("select jwk from signing_key")
			.map((row) -> parse(required(row, "jwk", String.class)))
			.one();
	}

	/** Keep the first key if two instances start at the same time; both then use it. */
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
			// The exception's message could contain the key.
			throw new IllegalStateException("The stored signing key cannot be read");
		}
	}

}
