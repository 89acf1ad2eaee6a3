package lectern.catalog.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import lectern.catalog.importing.list.RealLists;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class RealListsIntegrationTests {

	/**
	 * What the data's README counts, without the links of indexes, which name no book.
	 */
	private static final int ITEMS = 4768;

	private static final int UNLINKED = 2;

	private final ImportFixture catalog;

	RealListsIntegrationTests(@LocalServerPort int port, @Autowired DatabaseClient database,
			@Autowired JsonMapper mapper) {
		this.catalog = new ImportFixture(port, database, mapper);
	}

	@DynamicPropertySource
	static void configure(DynamicPropertyRegistry registry) {
		ImportFixture.configure(registry);
	}

	@Test
	void everyItemIsCountedAndSecondImportChangesNothing() throws IOException {
		List<ImportReport> first = importAll();
		assertThat(first).hasSize(48);
		assertThat(first.stream().mapToLong(ImportReport::read).sum()).isEqualTo(ITEMS + UNLINKED);
		assertThat(first.stream().mapToLong(ImportReport::refused).sum()).isLessThan(10);
		// Curated books have key points.
		assertThat(this.catalog.queryForLong("select count(*) from book where document ->> 'keyPoints' = '[]'"))
			.isEqualTo(first.stream().mapToLong(ImportReport::added).sum());
		long position = this.catalog.position();

		List<ImportReport> second = importAll();

		assertThat(second).zipSatisfy(first, (again, before) -> {
			assertThat(again.unchanged()).isEqualTo(before.added() + before.merged() + before.unchanged());
			assertThat(again.refusals()).isEqualTo(before.refusals());
		});
		assertThat(this.catalog.position()).isEqualTo(position);
	}

	private List<ImportReport> importAll() throws IOException {
		long began = System.nanoTime();
		List<ImportReport> imports = RealLists.files().stream().map(this::post).toList();
		System.out.printf("%d ms: added %d, merged %d, unchanged %d, refused %d%n",
				(System.nanoTime() - began) / 1_000_000, imports.stream().mapToLong(ImportReport::added).sum(),
				imports.stream().mapToLong(ImportReport::merged).sum(),
				imports.stream().mapToLong(ImportReport::unchanged).sum(),
				imports.stream().mapToLong(ImportReport::refused).sum());
		return imports;
	}

	private ImportReport post(Path list) {
		return this.catalog.expectReport(this.catalog.post("?source=" + list.getFileName(),
				DataBufferUtils.read(list, DefaultDataBufferFactory.sharedInstance, 4096)));
	}

}
