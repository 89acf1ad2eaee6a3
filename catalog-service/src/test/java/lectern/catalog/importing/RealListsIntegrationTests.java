package lectern.catalog.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import lectern.catalog.RunningCatalog;
import lectern.catalog.importing.booklist.RealLists;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

class RealListsIntegrationTests {

	/** The count in the README of the data, without the links of indexes. */
	private static final int ITEMS = 4768;

	private static final int ITEMS_WITHOUT_LINK = 2;

	private final RunningCatalog catalog = RunningCatalog.empty();

	@Test
	void everyItemIsCountedAndSecondImportChangesNothing() throws IOException {
		List<ImportReport> first = importAll();
		assertThat(first).hasSize(48);
		assertThat(first.stream().mapToLong(ImportReport::read).sum()).isEqualTo(ITEMS + ITEMS_WITHOUT_LINK);
		assertThat(first.stream().mapToLong(ImportReport::refused).sum()).isLessThan(10);
		assertThat(this.catalog.queryForLong("select count(*) from book"))
			.isEqualTo(first.stream().mapToLong(ImportReport::added).sum());
		long changes = this.catalog.changeCount();

		List<ImportReport> second = importAll();

		assertThat(second).zipSatisfy(first, (again, before) -> {
			assertThat(again.unchanged()).isEqualTo(before.added() + before.merged() + before.unchanged());
			assertThat(again.refusals()).isEqualTo(before.refusals());
		});
		assertThat(this.catalog.changeCount()).isEqualTo(changes);
	}

	private List<ImportReport> importAll() throws IOException {
		long start = System.nanoTime();
		List<ImportReport> reports = RealLists.files().stream().map(this::importList).toList();
		System.out.printf("%d ms: added %d, merged %d, unchanged %d, refused %d%n",
				(System.nanoTime() - start) / 1_000_000, reports.stream().mapToLong(ImportReport::added).sum(),
				reports.stream().mapToLong(ImportReport::merged).sum(),
				reports.stream().mapToLong(ImportReport::unchanged).sum(),
				reports.stream().mapToLong(ImportReport::refused).sum());
		return reports;
	}

	private ImportReport importList(Path list) {
		return this.catalog
			.importList("?source=" + list.getFileName(),
					DataBufferUtils.read(list, DefaultDataBufferFactory.sharedInstance, 4096))
			.response()
			.as(ImportReport.class);
	}

}
