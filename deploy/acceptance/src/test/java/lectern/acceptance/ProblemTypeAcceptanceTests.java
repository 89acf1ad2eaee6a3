package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client meets every type of problem through the gateway, finds its page, and learns
 * from the response what to change.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class ProblemTypeAcceptanceTests {

	/**
	 * What only faults, other settings or much patience lead to, and the tests that do.
	 */
	private static final Map<String, String> PROVOKED_ELSEWHERE = Map.of("internal", "CatalogDatabaseIntegrationTests",
			"unavailable", "UpstreamFailureFilterIntegrationTests", "upstream-timeout",
			"UpstreamFailureFilterIntegrationTests", "stalled", "RelayIntegrationTests", "too-many-streams",
			"AddressLimitAcceptanceTests", "too-many-requests", "RequestLimitIntegrationTests", "last-operator",
			"RoleIntegrationTests", "registration-closed", "RestartIntegrationTests", "sign-in-elsewhere",
			"OutsideIssuerIntegrationTests");

	@Test
	void everyProblemIsExplained(LecternInstance lectern) throws Exception {
		List<ProvokedProblem> problems = new ArrayList<>();
		problems.addAll(new CatalogProblems(lectern).provokeAll());
		problems.addAll(new ReaderProblems(lectern).provokeAll());
		problems.addAll(new ConnectionProblems(lectern).provokeAll());
		Map<String, DocumentedProblem> pages = DocumentedProblem.readAll();

		TestApiClient browser = TestApiClient.of(lectern.url());
		for (ProvokedProblem problem : problems) {
			DocumentedProblem page = pages.get(problem.name());
			assertThat(page).as(problem.response()).isNotNull();
			assertThat(problem.status()).as(problem.response())
				.isEqualTo(page.status())
				.isEqualTo(problem.document().path("status").asInt());
			assertThat(problem.document().path("title").asString()).isEqualTo(page.title());
			assertThat(problem.document().path("requestId").asString()).isNotEmpty();
			assertThat(problem.document().path("detail").asString()).as(problem.response()).endsWith(".");
			assertThat(problem.response()).contains(problem.help());
			assertThat(browser.get(problem.document().path("type").asString()).assertStatus(200).text())
				.contains(page.title());
		}
		TreeSet<String> provoked = new TreeSet<>(problems.stream().map(ProvokedProblem::name).toList());
		assertThat(provoked).doesNotContainAnyElementsOf(PROVOKED_ELSEWHERE.keySet());
		provoked.addAll(PROVOKED_ELSEWHERE.keySet());
		assertThat(provoked).isEqualTo(pages.keySet());
	}

	@Test
	void otherTestsProvokeTheRest() throws IOException {
		for (Map.Entry<String, String> problem : PROVOKED_ELSEWHERE.entrySet()) {
			assertThat(sourceOf(problem.getValue())).contains(problem.getKey() + "\"");
		}
	}

	private static String sourceOf(String test) throws IOException {
		for (String module : Modules.ALL) {
			try (Stream<Path> files = Files.walk(Modules.ROOT.resolve(module).resolve("src"))) {
				Path found = files.filter((file) -> file.endsWith(test + ".java")).findFirst().orElse(null);
				if (found != null) {
					return Files.readString(found);
				}
			}
		}
		throw new IllegalStateException("There is no " + test);
	}

	@Test
	void allTwentyFaultsOfDocumentAreTold(LecternInstance lectern) {
		TestApiResponse response = TestApiClient.of(lectern.url() + "/api/v1")
			.withToken(lectern.adminToken())
			.put("/books/twenty-faults", """
					{
					  "title": "",
					  "authors": ["", 7],
					  "topics": "not a list",
					  "level": "expert",
					  "language": "not a language",
					  "summary": 5,
					  "keyPoints": [null, {}],
					  "whyItMatters": "\\u0000",
					  "editions": [
					    {"year": 1200, "isbn": "9780000000000", "pages": 0, "cover": "hard"},
					    {"year": "last"}
					  ],
					  "freeAccess": [
					    {"kind": "gift", "url": "ftp://example.org"},
					    {"kind": "docs"}
					  ],
					  "colour": "red",
					  "price": 10
					}""")
			.assertProblem(422, "invalid");
		assertThat(response.at("/errors").valueStream().map((error) -> error.path("pointer").asString()))
			.containsExactlyInAnyOrder("/title", "/authors/0", "/authors/1", "/topics", "/level", "/language",
					"/summary", "/keyPoints/0", "/keyPoints/1", "/whyItMatters", "/editions/0/year", "/editions/0/isbn",
					"/editions/0/pages", "/editions/0/cover", "/editions/1/year", "/freeAccess/0/kind",
					"/freeAccess/0/url", "/freeAccess/1/url", "/colour", "/price");
		assertThat(response.at("/errors").valueStream())
			.allSatisfy((error) -> assertThat(error.path("detail").asString()).matches("(must|is|has|contains) .+"));
		assertThat(response.at("/detail").asString()).startsWith("20 members");
	}

}
