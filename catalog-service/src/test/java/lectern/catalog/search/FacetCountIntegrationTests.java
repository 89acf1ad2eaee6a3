package lectern.catalog.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import lectern.catalog.CatalogFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Topics and authors with the number of their books. */
class FacetCountIntegrationTests extends CatalogFixture {

	@Test
	void countsFollowEveryWrite() {
		put("/api/v1/books/counted-1",
				"{\"title\":\"One\",\"topics\":[\"Counting\",\"Sheep\"],\"authors\":[\"Ann Abacus\"]}")
			.expectStatus()
			.isCreated();
		put("/api/v1/books/counted-2", "{\"title\":\"Two\",\"topics\":[\"counting\",\"COUNTING\"]}").expectStatus()
			.isCreated();
		assertThat(counts("/api/v1/topics")).containsEntry("Counting", 2).containsEntry("Sheep", 1);
		assertThat(counts("/api/v1/authors")).containsEntry("Ann Abacus", 1).containsEntry("Luciano Ramalho", 1);
		put("/api/v1/books/counted-1", "{\"title\":\"One\",\"topics\":[\"Counting\",\"Wolves\"]}",
				(headers) -> headers.setIfMatch("*"))
			.expectStatus()
			.isOk();
		assertThat(counts("/api/v1/topics")).containsEntry("Counting", 2)
			.containsEntry("Wolves", 1)
			.doesNotContainKey("Sheep");
		assertThat(counts("/api/v1/authors")).doesNotContainKey("Ann Abacus");
		for (String book : List.of("counted-1", "counted-2")) {
			this.curator.delete()
				.uri("/api/v1/books/" + book)
				.header("If-Match", "*")
				.exchange()
				.expectStatus()
				.isNoContent();
		}
		assertThat(counts("/api/v1/topics")).doesNotContainKeys("Counting", "counting", "Wolves");
	}

	@Test
	void countsArePagedInNameOrder() {
		put("/api/v1/books/many-topics", "{\"title\":\"Many\",\"topics\":[\"Ω\",\"zz/=>\",\"a b\",\"äther\",\"Zeal\"]}")
			.expectStatus()
			.isCreated();
		List<String> whole = walk("/api/v1/topics?limit=200");
		List<String> walked = walk("/api/v1/topics?limit=2");
		assertThat(walked).isEqualTo(whole).contains("Ω", "zz/=>", "a b", "äther", "Zeal").doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@CsvSource({ "limit=0, limit", "limit=9999, limit", "q=x, q", "page=nonsense, page" })
	void rejectsInvalidParameter(String query, String parameter) {
		for (String list : List.of("/api/v1/topics", "/api/v1/authors")) {
			expectInvalidParameter(this.anonymous.get().uri(address(list + "?" + query)).exchange(), parameter);
		}
	}

	private Map<String, Integer> counts(String list) {
		Map<String, Integer> counts = new TreeMap<>();
		get(list + "?limit=200").get("items")
			.forEach((count) -> counts.put(count.get("name").asString(), count.get("books").asInt()));
		return counts;
	}

	private List<String> walk(String list) {
		List<String> walked = new ArrayList<>();
		String next = "";
		while (next != null) {
			JsonNode page = next.isEmpty() ? get(list) : get(list + "&page={next}", next);
			walked.addAll(names(page));
			next = page.has("next") ? page.get("next").asString() : null;
		}
		return walked;
	}

	private static List<String> names(JsonNode page) {
		return page.get("items").valueStream().map((count) -> count.get("name").asString()).toList();
	}

}
