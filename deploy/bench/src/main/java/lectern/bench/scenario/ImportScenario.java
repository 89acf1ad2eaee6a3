package lectern.bench.scenario;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import lectern.bench.dataset.GeneratedBooks;
import lectern.bench.machine.ProcessGroup;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.systems.CatalogTables;
import lectern.bench.systems.LecternTarget;
import lectern.bench.systems.MeasuredImport;

/** The throughput of an NDJSON import, compared with COPY of the same rows. */
final class ImportScenario implements Scenario {

	private static final int BOOKS = 100_000;

	private static final int WARM_UP = 20_000;

	@Override
	public String name() {
		return "import";
	}

	@Override
	public String description() {
		return "import of 100,000 books as NDJSON, compared with COPY of the same rows into the same tables";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		LecternTarget lectern = targets.newLectern();
		Path folder = Files.createTempDirectory("lectern-bench-books");
		Path books = folder.resolve("books.ndjson");
		try (CatalogTables tables = lectern.database().catalogTables()) {
			write(books, WARM_UP);
			lectern.prepareImport(books).run();
			write(books, BOOKS);
			return measure(lectern, books, tables, targets.settings().rounds(), console);
		}
		finally {
			Files.deleteIfExists(books);
			Files.delete(folder);
		}
	}

	/** Write books in the format of an export, but not in the order of their ids. */
	private static void write(Path file, int count) throws IOException {
		try (Writer writer = Files.newBufferedWriter(file)) {
			for (int book = 1; book <= count; book++) {
				writer.write("{\"type\":\"book\",\"id\":\"" + GeneratedBooks.id(book) + "\","
						+ GeneratedBooks.document(book).substring(1) + "\n");
			}
		}
	}

	private static ScenarioResult measure(LecternTarget lectern, Path books, CatalogTables tables, int rounds,
			BenchConsole console) throws IOException {
		ProcessGroup catalog = Objects.requireNonNull(lectern.processes().get(LecternTarget.CATALOG));
		Duration ours = Duration.ZERO;
		Duration copied = Duration.ZERO;
		long peakMemory = 0;
		long memoryBefore = 0;
		Duration cpu = Duration.ZERO;
		for (int round = 1; round <= rounds; round++) {
			tables.clear();
			lectern.collectGarbage();
			memoryBefore = Math.max(memoryBefore, catalog.memoryBytes());
			Duration cpuBefore = catalog.cpuTime();
			MeasuredImport measuredImport = lectern.prepareImport(books);
			Duration elapsed = measuredImport.run();
			cpu = cpu.plus(catalog.cpuTime().minus(cpuBefore));
			peakMemory = Math.max(peakMemory, measuredImport.peakMemoryBytes());
			tables.requireBookCount(BOOKS);
			tables.exportRows();
			tables.clear();
			Duration copy = tables.copyRows();
			tables.requireBookCount(BOOKS);
			ours = ours.plus(elapsed);
			copied = copied.plus(copy);
			console.printLine(String.format(Locale.ROOT, "round %d: import %,d ms, COPY %,d ms", round,
					elapsed.toMillis(), copy.toMillis()));
		}
		return new ScenarioResult(
				List.of(ResultLine.ratioAtLeast("import of 100,000 books as NDJSON, books per second", "",
						rate(ours, rounds), rate(copied, rounds), 0.3)),
				List.of(String.format(Locale.ROOT,
						"%,d bytes, directly to catalog-service; the reference is COPY of the imported rows, all tables in one transaction; %d rounds, alternating",
						Files.size(books), rounds),
						String.format(Locale.ROOT,
								"catalog-service: %.0f µs of CPU per book; memory %.0f MB before, at most %.0f MB during the import",
								cpu.toNanos() / 1e3 / BOOKS / rounds, memoryBefore / 1e6, peakMemory / 1e6),
						String.format(Locale.ROOT, "heap of catalog-service after a garbage collection: %.0f MB",
								lectern.heapAfterCollection(LecternTarget.CATALOG) / 1e6)));
	}

	private static double rate(Duration elapsed, int rounds) {
		return (double) BOOKS * rounds / elapsed.toNanos() * 1e9;
	}

}
