package lectern.catalog.export;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lectern.catalog.RunningCatalog;
import lectern.catalog.book.BookContent;
import lectern.catalog.book.RandomBookGenerator;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** Of two thousand books in every build, of five with {@code -Dlectern.proof=true}. */
class ExportRoundTripIntegrationTests {

	private static final int BOOKS = Boolean.getBoolean("lectern.proof") ? 5_000 : 2_000;

	private static final String PATH = """
			{"type":"path","id":"a-path","title":"A path","gates":[{"id":"first","title":"First","needs":[],\
			"steps":[{"book":"a","note":"Look"},{"book":"b"}],"rule":{"type":"any","count":1}}]}
			""";

	private static final ParameterizedTypeReference<ServerSentEvent<JsonNode>> EVENT = new ParameterizedTypeReference<>() {
	};

	private final JsonMapper mapper = JsonMapper.builder()
		.changeDefaultPropertyInclusion((inclusion) -> inclusion
			.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
		.build();

	private final RunningCatalog source = RunningCatalog.empty();

	private final RunningCatalog target = RunningCatalog.secondEmpty();

	@Test
	void importedExportIsExportedByteIdentical() {
		Map<String, BookContent> books = random(BOOKS);

		JsonNode first = this.source.importDocuments(lines(books) + PATH);

		assertThat(first.get("refusals")).isEmpty();
		assertThat(first.get("added").asLong()).isEqualTo(BOOKS + 1);
		String export = body(this.source.export());
		assertThat(books(export)).isEqualTo(books);
		assertThat(export.lines().skip(BOOKS)).containsExactly(PATH.strip());
		JsonNode second = this.target.importDocuments(export);
		assertThat(second.get("added").asLong()).isEqualTo(BOOKS + 1);
		assertThat(body(this.target.export())).isEqualTo(export);
		long position = this.target.queryForLong("select position from log_head");
		JsonNode third = this.target.importDocuments(export);
		assertThat(third.get("unchanged").asLong()).isEqualTo(BOOKS + 1);
		assertThat(this.target.queryForLong("select position from log_head")).isEqualTo(position);
	}

	@Test
	void replayedStreamEqualsExport() {
		long before = this.source.queryForLong("select position from log_head");
		Map<String, BookContent> books = random(600);
		this.source.importDocuments(lines(books) + PATH);
		Map<String, BookContent> others = new TreeMap<>(books);
		RandomBookGenerator random = new RandomBookGenerator(2);
		others.replaceAll((id, content) -> (id.length() % 2 == 0) ? next(random) : content);
		JsonNode changes = this.source.importDocuments(lines(others));
		assertThat(changes.get("changed").asLong()).isPositive();
		assertThat(changes.get("unchanged").asLong()).isPositive();
		ResponseEntity<String> export = this.source.export();
		String last = Objects.requireNonNull(export.getHeaders().getFirst("Cursor"));

		Map<String, String> followed = new TreeMap<>();
		this.source.curator()
			.get()
			.uri("/catalog/events?after=start")
			.retrieve()
			.bodyToFlux(EVENT)
			.mapNotNull(ServerSentEvent::data)
			.takeUntil((event) -> event.get("cursor").asString().equals(last))
			.doOnNext((event) -> apply(event, followed))
			.blockLast(RunningCatalog.TIMEOUT);

		assertThat(this.source.queryForLong("select position from log_head")).isGreaterThan(before + 601);
		assertThat(String.join("\n", followed.values()) + "\n").isEqualTo(export.getBody());
		assertThat(this.source.queryForLong("select count(*) from book")).isEqualTo(600);
	}

	/** What an export's line is, by hand: what the catalog adds is not in it. */
	private void apply(JsonNode event, Map<String, String> followed) {
		String kind = event.get("type").asString().split("-")[0];
		ObjectNode line = this.mapper.createObjectNode().put("type", kind);
		((ObjectNode) event.get("data")).properties().forEach((member) -> line.set(member.getKey(), member.getValue()));
		line.remove(java.util.List.of("version", "createdAt", "changedAt"));
		followed.put(kind + " " + line.get("id").asString(), this.mapper.writeValueAsString(line));
	}

	@Test
	void exportIsConsistentDuringWrites() {
		Map<String, BookContent> books = random(3000);
		this.source.importDocuments(lines(books));
		Map<String, BookContent> later = new TreeMap<>();
		RandomBookGenerator random = new RandomBookGenerator(3);
		books.keySet().forEach((id) -> later.put(id, next(random)));
		StringBuilder read = new StringBuilder();
		boolean[] written = new boolean[1];

		this.source.curator()
			.get()
			.uri("/export")
			.retrieve()
			.bodyToFlux(DataBuffer.class)
			.limitRate(1)
			.map(ExportRoundTripIntegrationTests::text)
			.concatMap((text) -> {
				read.append(text);
				if (written[0]) {
					return Flux.empty();
				}
				written[0] = true;
				return this.source.curator()
					.post()
					.uri("/imports")
					.contentType(MediaType.APPLICATION_NDJSON)
					.bodyValue(lines(later))
					.retrieve()
					.toBodilessEntity();
			}, 1)
			.blockLast(RunningCatalog.TIMEOUT);

		assertThat(books(new String(read.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)))
			.isEqualTo(books);
		assertThat(books(body(this.source.export()))).isEqualTo(later);
	}

	@Test
	void exportHasCursorAndSupportsConditionalGet() {
		this.source.importDocuments("{\"id\":\"a\",\"title\":\"A\"}");
		ResponseEntity<Void> head = Objects.requireNonNull(this.source.curator()
			.head()
			.uri("/export")
			.retrieve()
			.toBodilessEntity()
			.block(RunningCatalog.TIMEOUT));
		String tag = Objects.requireNonNull(head.getHeaders().getETag());

		assertThat(head.getHeaders().getContentType()).hasToString("application/x-ndjson");
		assertThat(tag).isEqualTo("\"" + head.getHeaders().getFirst("Cursor") + "\"");
		assertThat(status("/export", tag)).isEqualTo(304);
		this.source.importDocuments("{\"id\":\"b\",\"title\":\"B\"}");
		assertThat(status("/export", tag)).isEqualTo(200);
		assertThat(status("/export?limit=3", tag)).isEqualTo(400);
	}

	private int status(String path, String tag) {
		return Objects.requireNonNull(this.source.curator()
			.get()
			.uri(path)
			.header("If-None-Match", tag)
			.exchangeToMono((answer) -> answer.releaseBody().thenReturn(answer.statusCode().value()))
			.block(RunningCatalog.TIMEOUT));
	}

	private BookContent next(RandomBookGenerator random) {
		return this.mapper.convertValue(random.document(""), BookContent.class);
	}

	private Map<String, BookContent> random(int many) {
		RandomBookGenerator random = new RandomBookGenerator(many);
		Map<String, BookContent> books = new TreeMap<>();
		books.put("a", next(random));
		books.put("b", next(random));
		IntStream.rangeClosed(3, many).forEach((n) -> books.put("random-" + n, next(random)));
		return books;
	}

	private String lines(Map<String, BookContent> books) {
		return books.entrySet()
			.stream()
			.map((book) -> this.mapper
				.writeValueAsString(new ExportLine.BookLine("book", book.getKey(), book.getValue())) + "\n")
			.collect(Collectors.joining());
	}

	private Map<String, BookContent> books(String export) {
		Map<String, BookContent> books = new LinkedHashMap<>();
		export.lines().forEach((line) -> {
			ObjectNode document = (ObjectNode) this.mapper.readTree(line);
			if (document.remove("type").asString().equals("book")) {
				books.put(document.get("id").asString(), this.mapper.treeToValue(document, BookContent.class));
			}
		});
		return books;
	}

	private static String text(DataBuffer buffer) {
		String text = buffer.toString(StandardCharsets.ISO_8859_1);
		org.springframework.core.io.buffer.DataBufferUtils.release(buffer);
		return text;
	}

	private static String body(ResponseEntity<String> export) {
		return Objects.requireNonNull(export.getBody());
	}

}
