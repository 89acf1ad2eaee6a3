package lectern.catalog.search;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The lists of topics and authors with their numbers of books. */
class FacetCountIntegrationTests {

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient curator = this.catalog.curator();

	private final TestApiClient anonymous = this.catalog.anonymous();

	@Test
	void countsFollowEveryWrite() {
		this.catalog.saveBook("counted-1", """
				{"title":"One","topics":["Counting","Sheep"],"authors":["Ann Abacus"]}
				""");
		this.catalog.saveBook("counted-2", "{\"title\":\"Two\",\"topics\":[\"counting\",\"COUNTING\"]}");
		assertThat(counts("/topics")).containsEntry("Counting", 2).containsEntry("Sheep", 1);
		assertThat(counts("/authors")).containsEntry("Ann Abacus", 1).containsEntry("Luciano Ramalho", 1);
		this.catalog.saveBook("counted-1", "{\"title\":\"One\",\"topics\":[\"Counting\",\"Wolves\"]}");
		assertThat(counts("/topics")).containsEntry("Counting", 2)
			.containsEntry("Wolves", 1)
			.doesNotContainKey("Sheep");
		assertThat(counts("/authors")).doesNotContainKey("Ann Abacus");
		for (String book : List.of("counted-1", "counted-2")) {
			this.curator.ifMatch("*").delete("/books/" + book).assertStatus(204);
		}
		assertThat(counts("/topics")).doesNotContainKeys("Counting", "counting", "Wolves");
	}

	@Test
	void countsArePagedInNameOrder() {
		this.catalog.saveBook("many-topics", """
				{"title":"Many","topics":["Ω","zz/=>","a b","äther","Zeal"]}
				""");
		assertThat(names("/topics?limit=2")).isEqualTo(names("/topics?limit=200"))
			.contains("Ω", "zz/=>", "a b", "äther", "Zeal")
			.doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@CsvSource({ "limit=0, limit", "limit=9999, limit", "q=x, q", "page=nonsense, page" })
	void rejectsInvalidParameter(String query, String parameter) {
		for (String list : List.of("/topics", "/authors")) {
			this.anonymous.get(list + "?" + query).assertInvalidParameter(parameter);
		}
	}

	private Map<String, Integer> counts(String list) {
		return this.anonymous.getAllItems(list + "?limit=200")
			.stream()
			.collect(Collectors.toMap(FacetCountIntegrationTests::name, (count) -> count.get("books").asInt()));
	}

	private List<String> names(String list) {
		return this.anonymous.getAllItems(list).stream().map(FacetCountIntegrationTests::name).toList();
	}

	private static String name(JsonNode count) {
		return count.get("name").asString();
	}

}
