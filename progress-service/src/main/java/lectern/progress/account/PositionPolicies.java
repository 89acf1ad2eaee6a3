package lectern.progress.account;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import lectern.progress.eventlog.ReaderErased;
import lectern.progress.model.PositionUpdateMode;
import lectern.progress.model.UpdateModes;
import lectern.streaming.log.BackgroundLoop;
import lectern.streaming.log.ChangeSignal;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.event.EventListener;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;

import static lectern.web.Columns.required;

/**
 * The policies of all readers, in memory: a report must not wait for the database. Only
 * the readers who have not the default one are kept. A change on another node arrives
 * within about a second.
 */
@Component("positionPolicies")
class PositionPolicies extends BackgroundLoop implements UpdateModes, HealthIndicator {

	/** Everything that is written to the log is a change, too. */
	private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	/** A transaction may be committed some time after the instant that it has stored. */
	private static final Duration OVERLAP = Duration.ofSeconds(30);

	private static final String COLUMNS = "select reader, policy, policy_changed_at from account ";

	private final DatabaseClient database;

	private final ChangeSignal changes;

	private final Set<String> furthest = ConcurrentHashMap.newKeySet();

	private OffsetDateTime latestChange = OffsetDateTime.MIN;

	private volatile boolean loaded;

	private volatile boolean readersErased;

	PositionPolicies(DatabaseClient database, ChangeSignal changes) {
		super("The policies of readers cannot be read");
		this.database = database;
		this.changes = changes;
	}

	@Override
	public PositionUpdateMode of(String reader) {
		return this.furthest.contains(reader) ? PositionUpdateMode.FURTHEST : PositionUpdateMode.LATEST;
	}

	/** Apply a change at once that this node has stored. */
	void set(String reader, String policy) {
		if (policy.equals(ProfileChange.FURTHEST)) {
			this.furthest.add(reader);
		}
		else {
			this.furthest.remove(reader);
		}
	}

	/** A new account may get the handle, which has not the policy of the former one. */
	@EventListener
	void onErasure(ReaderErased event) {
		this.readersErased = true;
	}

	@Override
	protected Publisher<?> step() {
		Mono<Void> changed = this.changes.next();
		return Flux.concat(load().timeout(TIMEOUT).thenReturn(true), Mono.delay(MIN_INTERVAL).then(changed));
	}

	private Mono<Void> load() {
		return this.loaded ? removeErased().then(loadChanges()) : loadAll();
	}

	private Mono<Void> loadAll() {
		return this.database.sql("select coalesce(max(policy_changed_at), 'epoch') as latest from account")
			.map((row) -> required(row, "latest", OffsetDateTime.class))
			.one()
			.doOnNext((latest) -> this.latestChange = latest)
			.then(apply(this.database.sql(COLUMNS + "where policy = 'furthest'")))
			.doOnSuccess((_) -> this.loaded = true);
	}

	private Mono<Void> removeErased() {
		if (!this.readersErased) {
			return Mono.empty();
		}
		this.readersErased = false;
		return this.database.sql("select reader from account where policy = 'furthest'")
			.map((row) -> required(row, "reader", String.class))
			.all()
			.collect(Collectors.toSet())
			.doOnNext(this.furthest::retainAll)
			.then();
	}

	private Mono<Void> loadChanges() {
		return apply(this.database.sql(COLUMNS + "where policy_changed_at > :since")
			.bind("since", this.latestChange.minus(OVERLAP)));
	}

	private Mono<Void> apply(GenericExecuteSpec statement) {
		return statement.map((row) -> {
			OffsetDateTime changedAt = required(row, "policy_changed_at", OffsetDateTime.class);
			this.latestChange = changedAt.isAfter(this.latestChange) ? changedAt : this.latestChange;
			set(required(row, "reader", String.class), required(row, "policy", String.class));
			return changedAt;
		}).all().then();
	}

	/** Up once all policies are known. */
	@Override
	public Health health() {
		return this.loaded ? Health.up().build() : Health.outOfService().build();
	}

}
