package lectern.catalog.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonInclude;
import lectern.catalog.RunningCatalog;
import lectern.catalog.book.BookContent;
import lectern.catalog.book.RandomBookGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.ServerSentEvent;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Export and import with random books: 500 in every build, 5,000 with
 * {@code -Dlectern.proof=true}. Both are several pages of an export.
 */
class ExportRoundTripIntegrationTests {

	private static final int BOOKS = Boolean.getBoolean("lectern.proof") ? 5_000 : 500;

	private static final String PATH = """
			{"type":"path","id":"a-path","title":"A path","gates":[{"id":"first","title":"First","needs":[],\
			"steps":[{"book":"a","note":"Look"},{"book":"b"}],"rule":{"type":"any","count":1}}]}
			""";

	private static final ParameterizedTypeReference<ServerSentEvent<JsonNode>> EVENT = new ParameterizedTypeReference<>() {
	};

	private final JsonMapper mapper = JsonMapper.builder()
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private final RunningCatalog source = RunningCatalog.empty();

	private final RunningCatalog target = RunningCatalog.secondEmpty();

	@Test
	void importedExportIsExportedByteIdentical() {
		Map<String, BookContent> books = randomBooks(BOOKS);

		this.source.importDocuments(ndjson(books) + PATH).assertCounts(BOOKS + 1, 0, 0, 0, 0);

		String export = export(this.source);
		assertThat(parseBooks(export)).isEqualTo(books);
		assertThat(export.lines().skip(BOOKS)).containsExactly(PATH.strip());
		this.target.importDocuments(export).assertCounts(BOOKS + 1, 0, 0, 0, 0);
		assertThat(export(this.target)).isEqualTo(export);
		long changes = this.target.changeCount();
		this.target.importDocuments(export).assertCounts(0, 0, BOOKS + 1, 0, 0);
		assertThat(this.target.changeCount()).isEqualTo(changes);
	}

	@Test
	void replayedStreamEqualsExport() {
		String start = exportCursor();
		Map<String, BookContent> books = randomBooks(BOOKS);
		this.source.importDocuments(ndjson(books) + PATH);
		RandomBookGenerator random = new RandomBookGenerator(2);
		Map<String, BookContent> half = new TreeMap<>(books);
		half.replaceAll((id, content) -> (id.length() % 2 == 0) ? next(random) : content);
		long replaced = half.keySet().stream().filter((id) -> id.length() % 2 == 0).count();
		this.source.importDocuments(ndjson(half)).assertCounts(0, replaced, BOOKS - replaced, 0, 0);
		String end = exportCursor();

		Map<String, String> replayed = new TreeMap<>();
		this.source.anonymous()
			.request(HttpMethod.GET, "/catalog/events?after=" + start)
			.retrieve()
			.bodyToFlux(EVENT)
			.mapNotNull(ServerSentEvent::data)
			.takeUntil((event) -> event.get("cursor").asString().equals(end))
			.doOnNext((event) -> apply(event, replayed))
			.blockLast(HANG_LIMIT);

		assertThat(String.join("\n", replayed.values()) + "\n").isEqualTo(export(this.source));
		assertThat(this.source.changeCount()).isEqualTo(BOOKS + 1 + replaced);
	}

	/** Convert the document of an event to a line of an export. */
	private void apply(JsonNode event, Map<String, String> lines) {
		String kind = event.get("type").asString().split("-")[0];
		ObjectNode line = this.mapper.createObjectNode().put("type", kind);
		((ObjectNode) event.get("data")).properties().forEach((member) -> line.set(member.getKey(), member.getValue()));
		line.remove(List.of("version", "createdAt", "changedAt"));
		lines.put(kind + " " + line.get("id").asString(), this.mapper.writeValueAsString(line));
	}

	@Test
	void exportHasCursorAndSupportsConditionalGet() {
		this.source.importDocuments("{\"id\":\"a\",\"title\":\"A\"}");
		var head = this.source.anonymous().head("/export").assertStatus(200);

		assertThat(head.header("Content-Type")).isEqualTo("application/x-ndjson");
		assertThat(head.etag()).isEqualTo("\"" + head.cursor() + "\"");
		var conditional = this.source.anonymous().ifNoneMatch(head.etag());
		conditional.get("/export").assertStatus(304);
		this.source.importDocuments("{\"id\":\"b\",\"title\":\"B\"}");
		conditional.get("/export").assertStatus(200);
		conditional.get("/export?limit=3").assertInvalidParameter("limit");
	}

	/** A page of an export ends early if its documents are long. */
	@Test
	void removedBookAfterEndOfPageHidesNoBook() {
		this.source.importDocuments(LargeBooks.ndjson("Large").take(10)).assertCounts(10, 0, 0, 0, 0);
		this.source.saveBook("removed-later", "{\"title\":\"Removed\"}");
		this.source.curator().ifMatch("*").delete("/books/removed-later").assertStatus(204);

		assertThat(parseBooks(export(this.source)).keySet())
			.containsExactlyElementsOf(IntStream.range(0, 10).mapToObj((n) -> "large-" + n).toList());
	}

	private String exportCursor() {
		return this.source.anonymous().head("/export").assertStatus(200).cursor();
	}

	private static String export(RunningCatalog catalog) {
		return catalog.anonymous().get("/export").assertStatus(200).text();
	}

	private Map<String, BookContent> randomBooks(int count) {
		RandomBookGenerator random = new RandomBookGenerator(count);
		Map<String, BookContent> books = new TreeMap<>();
		books.put("a", next(random));
		books.put("b", next(random));
		IntStream.rangeClosed(3, count).forEach((n) -> books.put("random-" + n, next(random)));
		return books;
	}

	private BookContent next(RandomBookGenerator random) {
		return this.mapper.convertValue(random.document(""), BookContent.class);
	}

	private String ndjson(Map<String, BookContent> books) {
		return books.entrySet()
			.stream()
			.map((book) -> this.mapper
				.writeValueAsString(new ExportLine.BookLine("book", book.getKey(), book.getValue())) + "\n")
			.collect(Collectors.joining());
	}

	private Map<String, BookContent> parseBooks(String export) {
		Map<String, BookContent> books = new LinkedHashMap<>();
		export.lines().forEach((line) -> {
			ObjectNode document = (ObjectNode) this.mapper.readTree(line);
			if (document.remove("type").asString().equals("book")) {
				books.put(document.get("id").asString(), this.mapper.treeToValue(document, BookContent.class));
			}
		});
		return books;
	}

}
