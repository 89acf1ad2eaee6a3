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
import lectern.bench.targets.CatalogTables;
import lectern.bench.targets.LecternTarget;
import lectern.bench.targets.MeasuredImport;

/** Many books imported as NDJSON, beside COPY of the very same rows. */
final class ImportScenario implements Scenario {

	private static final int BOOKS = 100_000;

	private static final int WARM_UP = 20_000;

	@Override
	public String name() {
		return "import";
	}

	@Override
	public String description() {
		return "100,000 books as NDJSON, beside COPY of the same rows into the same tables";
	}

	@Override
	public ScenarioResult measure(BenchTargets peers, BenchConsole console) throws IOException {
		LecternTarget lectern = peers.newLectern();
		Path folder = Files.createTempDirectory("lectern-bench-books");
		Path books = folder.resolve("books.ndjson");
		try (CatalogTables tables = lectern.database().catalogTables()) {
			write(books, WARM_UP);
			lectern.prepareImport(books).run();
			write(books, BOOKS);
			return measure(lectern, books, tables, peers.settings().rounds(), console);
		}
		finally {
			Files.deleteIfExists(books);
			Files.delete(folder);
		}
	}

	/** An export of such a catalog, but that its books are not in order. */
	private static void write(Path file, int many) throws IOException {
		try (Writer writer = Files.newBufferedWriter(file)) {
			for (int book = 1; book <= many; book++) {
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
		long mostMemory = 0;
		long memoryBefore = 0;
		Duration cpu = Duration.ZERO;
		for (int round = 1; round <= rounds; round++) {
			tables.clear();
			lectern.collectGarbage();
			memoryBefore = Math.max(memoryBefore, catalog.memoryBytes());
			Duration cpuBefore = catalog.cpuTime();
			MeasuredImport importing = lectern.prepareImport(books);
			Duration took = importing.run();
			cpu = cpu.plus(catalog.cpuTime().minus(cpuBefore));
			mostMemory = Math.max(mostMemory, importing.peakMemoryBytes());
			tables.requireBookCount(BOOKS);
			tables.exportRows();
			tables.clear();
			Duration copy = tables.copyRows();
			tables.requireBookCount(BOOKS);
			ours = ours.plus(took);
			copied = copied.plus(copy);
			console.printLine(String.format(Locale.ROOT, "round %d: import %,d ms, COPY %,d ms", round, took.toMillis(),
					copy.toMillis()));
		}
		return new ScenarioResult(
				List.of(ResultLine.ratioAtLeast("import of 100,000 books as NDJSON, books a second", "",
						rate(ours, rounds), rate(copied, rounds), 0.3)),
				List.of(String.format(Locale.ROOT,
						"%,d bytes, straight to the service; the reference is COPY of the rows that the import has left, all tables in one transaction; %d times each in turn",
						Files.size(books), rounds),
						String.format(Locale.ROOT,
								"catalog-service: %.0f µs of CPU a book; memory %.0f MB before, %.0f MB at the most",
								cpu.toNanos() / 1e3 / BOOKS / rounds, memoryBefore / 1e6, mostMemory / 1e6),
						String.format(Locale.ROOT, "heap of catalog-service after a collection: %.0f MB",
								lectern.heapAfterCollection(LecternTarget.CATALOG) / 1e6)));
	}

	private static double rate(Duration took, int rounds) {
		return (double) BOOKS * rounds / took.toNanos() * 1e9;
	}

}
