package lectern.progress.account;

import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import lectern.streaming.postgreslog.UncancellableTransactions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * Stores the keys that sign tokens. The first instance to start generates them. They are
 * kept in the database, so that all instances share them and tokens survive a restart.
 * The next key is published long before it signs, so that nobody meets an unknown one
 * when the keys are rotated.
 */
@Repository
class SigningKeyStore {

	/**
	 * How long a former key is published: as long as a token of another instance that has
	 * not heard of the rotation for a few minutes.
	 */
	private static final Duration RETENTION = TokenEncoder.LIFETIME.plusMinutes(5);

	private final DatabaseClient database;

	private final UncancellableTransactions transactions;

	private volatile @Nullable SigningKeys loaded;

	SigningKeyStore(DatabaseClient database, UncancellableTransactions transactions) {
		this.database = database;
		this.transactions = transactions;
	}

	/**
	 * Return the key that signs, with its private part.
	 * @return cold; loaded if that has not happened yet; fails if the database does
	 */
	Mono<ECKey> get() {
		return keys().map(SigningKeys::current);
	}

	/** Return the public parts of all keys that verify tokens; otherwise as above. */
	Mono<JWKSet> published() {
		return keys().map(SigningKeys::published);
	}

	private Mono<SigningKeys> keys() {
		return Mono.defer(() -> {
			SigningKeys known = this.loaded;
			return (known != null) ? Mono.just(known) : load();
		});
	}

	/** Load the keys as they are now, and generate what is missing; cold. */
	Mono<SigningKeys> load() {
		return current().flatMap((current) -> others().map((others) -> new SigningKeys(current, others)))
			.doOnNext((keys) -> this.loaded = keys);
	}

	private Mono<ECKey> current() {
		return find().switchIfEmpty(generate()
			.flatMap((key) -> insert("insert into signing_key (jwk) values (:jwk) on conflict do nothing", key))
			.then(Mono.defer(this::find)));
	}

	private Mono<ECKey> find() {
		return this.database.sql("select jwk from signing_key")
			.map((row) -> parse(required(row, "jwk", String.class)))
			.one();
	}

	private Mono<List<JWK>> others() {
		return this.database.sql("select 1 from published_key where retired_at is null")
			.map((_) -> true)
			.one()
			.switchIfEmpty(generate().flatMap(this::insertNext).thenReturn(true))
			.thenMany(Flux.defer(this::findOthers))
			.collectList();
	}

	private Flux<JWK> findOthers() {
		return this.database.sql("""
				select jwk from published_key
				where retired_at is null or retired_at > clock_timestamp() - :retention::interval
				order by retired_at desc nulls first
				""")
			.bind("retention", RETENTION.toString())
			.map((row) -> (JWK) parse(required(row, "jwk", String.class)))
			.all();
	}

	/** Keep the first if two instances do this at the same time; both then use it. */
	private Mono<Long> insertNext(ECKey key) {
		return insert("insert into published_key (id, jwk) values (:jwk::json ->> 'kid', :jwk) on conflict do nothing",
				key);
	}

	private Mono<Long> insert(String statement, ECKey key) {
		return this.database.sql(statement).bind("jwk", key.toJSONString()).fetch().rowsUpdated();
	}

	/**
	 * Let the next key sign from now on, and generate another next one. Other instances
	 * sign with the former key for up to a minute, which stays valid longer than that.
	 * @return cold; the keys after the rotation, which are committed
	 */
	Mono<SigningKeys> rotate() {
		return load().then(this.transactions.run(exchangeKeys())).then(Mono.defer(this::load));
	}

	/** The lock lets two rotations at once happen one after the other. */
	private Mono<Long> exchangeKeys() {
		return this.database.sql("select jwk from signing_key for update")
			.map((row) -> parse(required(row, "jwk", String.class)))
			.one()
			.flatMap((former) -> this.database.sql("delete from published_key where retired_at is null returning jwk")
				.map((row) -> parse(required(row, "jwk", String.class)))
				.one()
				.switchIfEmpty(generate())
				.flatMap((next) -> insert("update signing_key set jwk = :jwk, created_at = clock_timestamp()", next))
				.then(generate().flatMap(this::insertNext))
				.then(retire(former)));
	}

	/** The private part is not needed any more. */
	private Mono<Long> retire(ECKey former) {
		return this.database
			.sql("insert into published_key (id, jwk, retired_at) values (:id, :jwk, clock_timestamp())")
			.bind("id", former.getKeyID())
			.bind("jwk", former.toPublicJWK().toJSONString())
			.fetch()
			.rowsUpdated();
	}

	private static Mono<ECKey> generate() {
		return Mono.fromCallable(SigningKeyStore::generateKey).subscribeOn(Schedulers.boundedElastic());
	}

	private static ECKey generateKey() throws JOSEException {
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

	/**
	 * The keys as they were stored.
	 *
	 * @param current the key that signs, with its private part
	 * @param published the public parts of the current, the next and former keys
	 */
	record SigningKeys(ECKey current, JWKSet published) {

		private SigningKeys(ECKey current, List<JWK> others) {
			this(current, new JWKSet(Stream.concat(Stream.of(current), others.stream()).toList()).toPublicJWKSet());
		}

	}

}
