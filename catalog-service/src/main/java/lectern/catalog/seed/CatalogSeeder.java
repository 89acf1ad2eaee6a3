package lectern.catalog.seed;

import java.time.Duration;
import java.util.Map;

import lectern.catalog.book.Books;
import lectern.catalog.learningpath.LearningPaths;
import lectern.web.ConditionalRequest;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import static lectern.web.Columns.required;

/**
 * Writes the first books and their path into a new catalog. Documents that exist are not
 * overwritten, so that the next start completes an interrupted seeding. A completed
 * seeding is never repeated.
 */
@Component
class CatalogSeeder implements SmartLifecycle, ReactiveHealthIndicator {

	private static final Logger logger = LoggerFactory.getLogger(CatalogSeeder.class);

	private final Books books;

	private final LearningPaths paths;

	private final DatabaseClient database;

	private final JsonMapper mapper;

	private volatile boolean done;

	private volatile @Nullable Disposable seeding;

	CatalogSeeder(Books books, LearningPaths paths, DatabaseClient database, JsonMapper mapper) {
		this.books = books;
		this.paths = paths;
		this.database = database;
		this.mapper = mapper;
	}

	@Override
	public void start() {
		SeedFiles files = SeedFiles.read(this.mapper);
		this.seeding = Mono.defer(this::isComplete)
			.flatMap((complete) -> complete ? Mono.empty() : write(files).then(markComplete()))
			.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
				.maxBackoff(Duration.ofSeconds(5))
				.doBeforeRetry((signal) -> logger.warn("The catalog cannot be seeded at the moment, will retry: {}",
						signal.failure().getMessage())))
			.subscribe((_) -> {
			}, (failure) -> logger.error("Seeding the catalog failed", failure), () -> this.done = true);
	}

	private Mono<Boolean> isComplete() {
		return this.database.sql("select exists (select from seeding_complete) as complete")
			.map((row) -> required(row, "complete", Boolean.class))
			.one();
	}

	private Mono<Void> markComplete() {
		return this.database.sql("insert into seeding_complete default values on conflict do nothing").then();
	}

	/** The path is written last, because it refers to the books. */
	private Mono<Void> write(SeedFiles files) {
		return Flux.concat(
				Flux.fromIterable(files.books().entrySet())
					.concatMap((book) -> skipRejected(
							this.books.put(book.getKey(), book.getValue(), ConditionalRequest.MUST_NOT_EXIST), book)),
				Flux.fromIterable(files.paths().entrySet())
					.concatMap((path) -> skipRejected(
							this.paths.put(path.getKey(), path.getValue(), ConditionalRequest.MUST_NOT_EXIST), path)))
			.then();
	}

	/** A rejected document would be rejected again: it is logged and skipped. */
	private static Mono<?> skipRejected(Mono<?> write, Map.Entry<String, ?> document) {
		return write.onErrorResume(Problem.class, (problem) -> {
			if (problem.type() != ProblemType.PRECONDITION_FAILED) {
				logger.error("Seed document {} was rejected: {}", document.getKey(), problem.detail());
			}
			return Mono.empty();
		});
	}

	@Override
	public Mono<Health> health() {
		return Mono.just(this.done ? Health.up().build() : Health.outOfService().build());
	}

	@Override
	public void stop() {
		Disposable running = this.seeding;
		if (running != null) {
			running.dispose();
			this.seeding = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.seeding != null;
	}

}
