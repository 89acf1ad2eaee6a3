package lectern.catalog.book;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

import lectern.catalog.CatalogFixture;
import lectern.web.TestTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Books with random characters are returned unchanged by reads, lists and searches: 1,000
 * books in every build, 5,000 under {@code -Dlectern.proof=true}.
 */
class RandomBooksIntegrationTests extends CatalogFixture {

	private static final int BOOKS = Boolean.getBoolean("lectern.proof") ? 5_000 : 1_000;

	private static final int READERS = 16;

	/** Writes are serialized, so that more writers would only wait. */
	private static final int WRITERS = 3;

	private static final Duration TIMEOUT = HANG_LIMIT.multipliedBy(2);

	private static final long SEED = 20_261_128;

	private final Map<String, JsonNode> written = new TreeMap<>();

	@AfterEach
	void deleteBooks() throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:" + databaseUrl(), "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute("delete from book where id like 'random-%'");
		}
	}

	@Test
	void randomBooksAreReadBackEqual() {
		IntStream.range(0, BOOKS)
			.forEach((n) -> this.written.put("random-" + n,
					this.mapper.valueToTree(new RandomBookGenerator(SEED + n).document(mark(n)))));
		WebClient client = WebClient.builder().baseUrl(address("/api/v1/books").toString()).build();
		Map<String, JsonNode> read = each((id) -> client.get().uri("/" + id).retrieve().bodyToMono(JsonNode.class),
				(id) -> put(client, id), WRITERS);
		assertThat(read).isEqualTo(this.written);
		assertThat(each((id) -> client.get()
			.uri((uri) -> uri.queryParam("q", mark(Integer.parseInt(id.substring("random-".length())))).build())
			.retrieve()
			.bodyToMono(JsonNode.class)
			.map((page) -> page.get("items"))
			.filter((items) -> items.size() == 1)
			.map((items) -> items.get(0)), (_) -> Mono.empty(), READERS)).isEqualTo(this.written);
		assertThat(listed()).isEqualTo(this.written);
	}

	private Map<String, JsonNode> each(Function<String, Mono<JsonNode>> read, Function<String, Mono<?>> before,
			int concurrency) {
		return Flux.fromIterable(new ArrayList<>(this.written.keySet()))
			.flatMap((id) -> before.apply(id).then(read.apply(id)).map((book) -> Map.entry(id, content(book))),
					concurrency)
			.collectMap(Map.Entry::getKey, Map.Entry::getValue, TreeMap::new)
			.block(TIMEOUT);
	}

	private Mono<?> put(WebClient client, String id) {
		return client.put()
			.uri("/" + id)
			.headers((headers) -> headers.setBearerAuth(TestTokens.curator()))
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(this.written.get(id))
			.retrieve()
			.toBodilessEntity()
			.onErrorMap(WebClientResponseException.class,
					(failure) -> new AssertionError(id + ": " + failure.getResponseBodyAsString()));
	}

	private Map<String, JsonNode> listed() {
		Map<String, JsonNode> listed = new TreeMap<>();
		String next = "";
		while (next != null) {
			JsonNode page = next.isEmpty() ? get("/api/v1/books?limit=200")
					: get("/api/v1/books?limit=200&page={next}", next);
			page.get("items")
				.valueStream()
				.filter((book) -> book.get("id").asString().startsWith("random-"))
				.forEach((book) -> listed.put(book.get("id").asString(), content(book)));
			next = page.has("next") ? page.get("next").asString() : null;
		}
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
