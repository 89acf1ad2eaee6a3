package lectern.catalog.importing;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lectern.catalog.RunningCatalog;
import lectern.catalog.importing.ImportReport.ImportState;
import lectern.web.Problem;
import lectern.web.TestApiClient;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.transaction.reactive.TransactionalOperator;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Imports under back-pressure, outages of the database and shutdown. */
class ImportPipelineIntegrationTests {

	private final RunningCatalog catalog = RunningCatalog.empty();

	private final ImportPipeline pipeline = this.catalog.bean(ImportPipeline.class);

	private final ImportReports reports = this.catalog.bean(ImportReports.class);

	private final LineReaderFactory readers = this.catalog.bean(LineReaderFactory.class);

	@Test
	void bodyIsReadWithBackpressure() {
		AtomicInteger read = new AtomicInteger();
		int buffers = 60;
		Flux<DataBuffer> list = Flux.range(0, buffers)
			.map((n) -> items("slow", n * 80, 80))
			.doOnNext((_) -> read.incrementAndGet());
		Sinks.Empty<Void> release = Sinks.empty();
		Sinks.Empty<Void> locked = Sinks.empty();
		Mono<Boolean> lock = this.catalog.database()
			.sql("select position from log_head for update")
			.fetch()
			.one()
			.doOnNext((_) -> locked.tryEmitEmpty())
			.then(release.asMono())
			.as(this.catalog.bean(TransactionalOperator.class)::transactional)
			.thenReturn(true);
		Mono<Integer> readWhileLocked = untilStable(read).doFinally((_) -> release.tryEmitEmpty());

		var results = block(Mono.zip(lock, locked.asMono().then(readWhileLocked),
				locked.asMono().then(this.pipeline.run(this.readers.list(null), null, null, list, Mono.never()))));

		assertThat(results.getT2()).isBetween(1, 8);
		assertThat(results.getT3().added()).isEqualTo(buffers * 80L);
	}

	/** Wait until a count is positive and has not changed for half a second. */
	private static Mono<Integer> untilStable(AtomicInteger count) {
		return Flux.interval(Duration.ofMillis(50))
			.map((_) -> count.get())
			.buffer(10, 1)
			.filter((samples) -> samples.getFirst() > 0 && samples.stream().distinct().count() == 1)
			.next()
			.map(List::getFirst);
	}

	@Test
	void batchIsRetriedAfterDatabaseOutage() {
		Sinks.Empty<Void> outageOver = Sinks.empty();
		Flux<DataBuffer> list = Flux.concat(Flux.range(0, 150).map((n) -> items("outage", n, 1)),
				outageOver.asMono().then(Mono.empty()), Flux.range(150, 150).map((n) -> items("outage", n, 1)));
		Mono<Long> outage = awaitAdded("outage", 100).then(query("""
				select count(pg_terminate_backend(pid)) from pg_stat_activity
				where datname = current_database() and pid <> pg_backend_pid()
				""")).doFinally((_) -> outageOver.tryEmitEmpty());

		ImportReport report = block(
				Mono.zip(this.pipeline.run(this.readers.list(null), null, "outage", list, Mono.never()), outage))
			.getT1();

		assertThat(report.state()).isEqualTo(ImportState.DONE);
		assertThat(report.added()).isEqualTo(report.read()).isEqualTo(300);
		// The pool discards each killed connection when it is next acquired.
		Flux.range(0, 16).flatMap((_) -> query("select count(pg_sleep(0.1))").retry(16), 16).then().block(HANG_LIMIT);
	}

	@Test
	void batchWrittenTwiceIsCountedOnce() {
		ImportBatchWriter writer = this.catalog.bean(ImportBatchWriter.class);
		String id = block(this.reports.start("en", null));
		List<ImportLine> lines = List.of(new RefusedLine(3, "a reason", "a line"));

		writer.write(id, lines).then(writer.write(id, lines)).block(HANG_LIMIT);

		assertThat(block(this.reports.find(id)).refused()).isEqualTo(1);
	}

	@Test
	void runningImportOfAnotherProcessIsLeftAlone() {
		ImportHeartbeat another = new ImportHeartbeat(this.catalog.database(), new ImportOwner());
		String running = block(this.reports.start(null, "running"));
		execute("update import set started_at = now() - interval '1 hour' where id = '" + running + "'");
		this.catalog.bean(ImportHeartbeat.class).beat().block(HANG_LIMIT);

		block(another.failAbandoned());

		assertThat(block(this.reports.find(running)).state()).isEqualTo(ImportState.RUNNING);
		assertThat(block(this.reports.lastProcessedLine(running))).isZero();
	}

	@Test
	void importOfDeadProcessFailsAndWritesNothingMore() {
		ImportReports dead = new ImportReports(this.catalog.database(), Clock.systemUTC(), new ImportOwner());
		String interrupted = block(dead.start(null, "interrupted"));
		setLastHeartbeat(interrupted, "1 minute");

		block(this.catalog.bean(ImportHeartbeat.class).failAbandoned());

		assertThat(block(dead.find(interrupted)).state()).isEqualTo(ImportState.FAILED);
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> dead.lastProcessedLine(interrupted).block(HANG_LIMIT));
	}

	@Test
	void interruptedImportOfEarlierReleaseFails() {
		String interrupted = block(this.reports.start(null, "earlier release"));
		execute("update import set owner = null, heartbeat_at = null, started_at = now() - interval '1 minute' "
				+ "where id = '" + interrupted + "'");

		block(this.catalog.bean(ImportHeartbeat.class).failAbandoned());

		assertThat(block(this.reports.find(interrupted)).state()).isEqualTo(ImportState.FAILED);
	}

	@Test
	void stopWritesReceivedLines() {
		RunningImports imports = new RunningImports(this.pipeline);
		Sinks.Empty<Void> stopped = Sinks.empty();
		Flux<DataBuffer> list = Flux.range(0, 150).map((n) -> items("stop", n, 1)).concatWith(Flux.never());
		Mono<String> failure = imports.run(this.readers.list(null), null, "stop", list)
			.map((report) -> "no failure: " + report)
			.onErrorResume((error) -> Mono.just(String.valueOf(error.getMessage())));
		Mono<Boolean> stop = awaitAdded("stop", 100).doOnNext((_) -> imports.stop(stopped::tryEmitEmpty))
			.then(stopped.asMono())
			.thenReturn(true);

		assertThat(block(Mono.zip(failure, stop)).getT1()).contains("The catalog is shutting down");
		assertThat(this.catalog.queryForLong("select added from import where source = 'stop' and state = 'failed'"))
			.isEqualTo(150);
	}

	private Mono<Long> awaitAdded(String source, long count) {
		return query("select added from import where source = '" + source + "'").filter((added) -> added == count)
			.repeatWhenEmpty((repeats) -> repeats.delayElements(Duration.ofMillis(20)));
	}

	private void setLastHeartbeat(String id, String ago) {
		execute("update import set heartbeat_at = now() - interval '" + ago + "' where id = '" + id + "'");
	}

	private void execute(String sql) {
		this.catalog.database().sql(sql).then().block(HANG_LIMIT);
	}

	private Mono<Long> query(String sql) {
		return this.catalog.database().sql(sql).map((row) -> row.get(0, Long.class)).one();
	}

	private static <T> T block(Mono<T> mono) {
		return Objects.requireNonNull(mono.block(HANG_LIMIT));
	}

	private static DataBuffer items(String word, int first, int count) {
		return TestApiClient.buffer(IntStream.range(first, first + count)
			.mapToObj((n) -> "* [%1$s %2$d](https://%1$s.example/%2$d) - Ada Byron\n".formatted(word, n))
			.collect(Collectors.joining()));
	}

}
