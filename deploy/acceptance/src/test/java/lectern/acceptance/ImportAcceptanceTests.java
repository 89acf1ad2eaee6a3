package lectern.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.FileSystemResource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Imports the real lists of free programming books through the gateway. */
@ExtendWith(LecternExtension.class)
@Timeout(900)
class ImportAcceptanceTests {

	private static final Pattern FILE = Pattern.compile("free-programming-books-([\\w-]+)\\.md");

	/** A link to the same page, without any other link. */
	private static final String TABLE_OF_CONTENTS_LINE = "(?!.*\\]\\([^#]).*\\]\\(#.*";

	private static final long MIB = 1 << 20;

	@Test
	void everyListItemIsCountedAndReimportChangesNothing(LecternInstance lectern) throws Exception {
		List<Path> lists = lists();
		assertThat(lists).hasSize(48);
		WebTestClient curator = lectern.adminClient();

		long before = lectern.liveHeapBytes("catalog-service");
		ImportTotals first = importLists(curator, lists.subList(0, 24));
		long halfway = lectern.liveHeapBytes("catalog-service");
		first = first.plus(importLists(curator, lists.subList(24, 48)));
		long after = lectern.liveHeapBytes("catalog-service");
		System.out.printf("acceptance: %d lists: %s; live heap: %d, %d, %d MiB%n", lists.size(), first, before / MIB,
				halfway / MIB, after / MIB);

		assertThat(first.read()).isEqualTo(4_770);
		assertThat(first.added() + first.merged() + first.unchanged() + first.refused()).isEqualTo(first.read());
		assertThat(first.refused()).isLessThan(50);
		// Constant memory: an import keeps its results in the database.
		assertThat(after - before).isLessThan(24 * MIB);

		String cursor = cursor(curator);
		ImportTotals second = importLists(curator, lists);
		System.out.printf("acceptance: the same again: %s%n", second);

		assertThat(second)
			.isEqualTo(new ImportTotals(first.read(), 0, 0, first.read() - first.refused(), first.refused()));
		assertThat(cursor(curator)).isEqualTo(cursor);
	}

	private static List<Path> lists() throws IOException {
		Path folder = Modules.ROOT.resolveSibling("shared/data/free-programming-books");
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> FILE.matcher(file.getFileName().toString()).matches()).sorted().toList();
		}
	}

	private static String cursor(WebTestClient client) {
		return client.get()
			.uri("/api/v1/books?limit=1")
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(Void.class)
			.getResponseHeaders()
			.getFirst("Cursor");
	}

	private static ImportTotals importLists(WebTestClient curator, List<Path> lists) {
		return lists.stream()
			.map((list) -> importLists(curator, list))
			.reduce(new ImportTotals(0, 0, 0, 0, 0), ImportTotals::plus);
	}

	private static ImportTotals importLists(WebTestClient curator, Path list) {
		String name = list.getFileName().toString();
		JsonNode done = JsonTrees.parse(curator.post()
			.uri("/api/v1/imports?language={language}&source={source}", language(name), name)
			.contentType(MediaType.TEXT_MARKDOWN)
			.bodyValue(new FileSystemResource(list))
			.exchange()
			.expectStatus()
			.isCreated());
		assertThat(done.path("state").asString()).isEqualTo("done");
		ImportTotals totals = ImportTotals.of(done);
		assertThat(totals.read()).as("items of " + name).isEqualTo(countItems(list));
		return totals;
	}

	private static String language(String name) {
		Matcher matcher = FILE.matcher(name);
		assertThat(matcher.matches()).isTrue();
		return switch (matcher.group(1)) {
			case "langs", "subjects" -> "en";
			// "cp" means competitive programming here, not a region.
			case "cs-cp" -> "cs";
			default -> matcher.group(1).replace('_', '-');
		};
	}

	/**
	 * Counted by other means than the importer's: lines with a list's mark and a link.
	 */
	private static long countItems(Path list) {
		try (Stream<String> lines = Files.lines(list)) {
			return lines.filter((line) -> line.matches("\\s*[*+-]\\s.*") && !line.matches(TABLE_OF_CONTENTS_LINE))
				.count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record ImportTotals(long read, long added, long merged, long unchanged, long refused) {

		static ImportTotals of(JsonNode done) {
			return new ImportTotals(done.path("read").asLong(), done.path("added").asLong(),
					done.path("merged").asLong(), done.path("unchanged").asLong(), done.path("refused").asLong());
		}

		ImportTotals plus(ImportTotals other) {
			return new ImportTotals(this.read + other.read, this.added + other.added, this.merged + other.merged,
					this.unchanged + other.unchanged, this.refused + other.refused);
		}

	}

}
