package lectern.catalog.book;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpMethod;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Books with random characters are returned unchanged by reads, lists and searches: 300
 * books in every build, 5,000 under {@code -Dlectern.proof=true}.
 */
class RandomBooksIntegrationTests {

	private static final int BOOKS = Boolean.getBoolean("lectern.proof") ? 5_000 : 300;

	private static final int READERS = 16;

	/** Writes are serialized, so that more writers would only wait. */
	private static final int WRITERS = 3;

	private static final long SEED = 20_261_128;

	private final JsonMapper mapper = JsonMapper.shared();

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient curator = this.catalog.curator();

	private final TestApiClient anonymous = this.catalog.anonymous();

	private final Map<String, JsonNode> books = new TreeMap<>();

	/** A connection of its own, because the service limits the time of a statement. */
	@AfterEach
	void deleteBooks() throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:" + this.catalog.databaseUrl(), "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute("delete from book where id like 'random-%'");
		}
	}

	@Test
	void randomBooksAreReadBackEqual() {
		IntStream.range(0, BOOKS)
			.forEach((n) -> this.books.put("random-" + n,
					this.mapper.valueToTree(new RandomBookGenerator(SEED + n).document(mark(n)))));
		assertThat(forEach(this::create, WRITERS)).isEqualTo(this.books);
		assertThat(forEach(this::read, READERS)).isEqualTo(this.books);
		assertThat(forEach(this::search, READERS)).isEqualTo(this.books);
		assertThat(listed()).isEqualTo(this.books);
	}

	private Map<String, JsonNode> forEach(Function<String, Mono<JsonNode>> request, int concurrency) {
		return Objects.requireNonNull(Flux.fromIterable(this.books.keySet())
			.flatMap((id) -> request.apply(id).map((book) -> Map.entry(id, content(book))), concurrency)
			.collectMap(Map.Entry::getKey, Map.Entry::getValue, TreeMap::new)
			.block(HANG_LIMIT.multipliedBy(2)));
	}

	private Mono<JsonNode> create(String id) {
		return this.curator.send(HttpMethod.PUT, "/books/" + id, Objects.requireNonNull(this.books.get(id)).toString())
			.map((response) -> response.assertStatus(201).json());
	}

	private Mono<JsonNode> read(String id) {
		return this.anonymous.send(HttpMethod.GET, "/books/" + id).map((response) -> response.assertStatus(200).json());
	}

	private Mono<JsonNode> search(String id) {
		String mark = mark(Integer.parseInt(id.substring("random-".length())));
		return this.anonymous.send(HttpMethod.GET, "/books?q=" + mark)
			.map((response) -> response.at("/items"))
			.filter((items) -> items.size() == 1)
			.map((items) -> items.get(0));
	}

	private Map<String, JsonNode> listed() {
		Map<String, JsonNode> listed = new TreeMap<>();
		this.anonymous.getAllItems("/books?limit=200")
			.stream()
			.filter((book) -> book.get("id").asString().startsWith("random-"))
			.forEach((book) -> listed.put(book.get("id").asString(), content(book)));
		return listed;
	}

	/** The document without the members that the catalog adds. */
	private static JsonNode content(JsonNode book) {
		return ((ObjectNode) book.deepCopy()).remove(List.of("id", "version", "createdAt", "changedAt"));
	}

	/** Contains digits, so that no two marks have the same stem. */
	private static String mark(int n) {
		return "zq%05d".formatted(n);
	}

}
