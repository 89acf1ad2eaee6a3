package lectern.catalog.learningpath;

import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A path that no reader could complete is refused, and nothing is written. */
class PathValidationIntegrationTests {

	private static final String PATH = "/paths/refused";

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient curator = this.catalog.curator();

	private final long before = this.catalog.changeCount();

	@AfterEach
	void assertNothingWritten() {
		assertThat(this.catalog.changeCount()).isEqualTo(this.before);
		this.curator.get(PATH).assertStatus(404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"id":"a","title":"A","needs":["b"]},{"id":"b","title":"B","needs":["a"]}                     | path-cycle
					{"id":"a","title":"A","needs":["a"]}                                                          | path-cycle
					{"id":"a","title":"A","needs":["b"]}                                                          | unknown-gate
					{"id":"a","title":"A","steps":[{"book":"fluent-python"}],"rule":{"type":"any","count":2}}     | unpassable-gate
					{"id":"a","title":"A","rule":{"type":"any","count":1}}                                        | unpassable-gate
					{"id":"a","title":"A","steps":[{"book":"fluent-python"},{"book":"no-such-book"}]}             | unknown-book
					""")
	void violatedRuleIsNamedByProblemType(String gates, String type) {
		this.curator.put(PATH, "{\"title\":\"x\",\"gates\":[%s]}".formatted(gates)).assertProblem(409, type);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"gates":[{"id":"a","title":"A"}]}                                                                | /title
					{"title":"x"}                                                                                     | /gates
					{"title":"x","gates":[]}                                                                          | /gates
					{"title":"x","gates":[null]}                                                                      | /gates/0
					{"title":"x","gates":[{"title":"A"}]}                                                             | /gates/0/id
					{"title":"x","gates":[{"id":"A b","title":"A"}]}                                                  | /gates/0/id
					{"title":"x","gates":[{"id":"a"}]}                                                                | /gates/0/title
					{"title":"x","gates":[{"id":"a","title":"A"},{"id":"a","title":"B"}]}                             | /gates/1/id
					{"title":"x","gates":[{"id":"a","title":"A","needs":["b","b"]}]}                                  | /gates/0/needs
					{"title":"x","gates":[{"id":"a","title":"A","needs":[7]}]}                                        | /gates/0/needs/0
					{"title":"x","gates":[{"id":"a","title":"A","steps":[{}]}]}                                       | /gates/0/steps/0/book
					{"title":"x","gates":[{"id":"a","title":"A","steps":[{"book":"No Id"}]}]}                         | /gates/0/steps/0/book
					{"title":"x","gates":[{"id":"a","title":"A","steps":[{"book":"fluent-python"},{"book":"fluent-python"}]}]} | /gates/0/steps/1/book
					{"title":"x","gates":[{"id":"a","title":"A","rule":{"type":"any","count":0}}]}                    | /gates/0/rule/count
					{"title":"x","gates":[{"id":"a","title":"A","rule":{"type":"any","count":-1}}]}                   | /gates/0/rule/count
					{"title":"x","gates":[{"id":"a","title":"A","rule":{"type":"any","count":"1"}}]}                  | /gates/0/rule/count
					{"title":"x","gates":[{"id":"a","title":"A","rule":{"type":"any","count":1.5}}]}                  | /gates/0/rule/count
					{"title":"x","gates":[{"id":"a","title":"A","rule":{"type":"any"}}]}                              | /gates/0/rule/count
					{"title":"x","gates":[{"id":"a","title":"A","rule":{"type":"all","count":1}}]}                    | /gates/0/rule/count
					{"title":"x","gates":[{"id":"a","title":"A","rule":{"type":"most"}}]}                             | /gates/0/rule/type
					{"title":"x","gates":[{"id":"a","title":"A","rule":{}}]}                                          | /gates/0/rule/type
					{"title":"x","gates":[{"id":"a","title":"A","rule":"all"}]}                                       | /gates/0/rule
					{"title":"x","gates":[{"id":"a","title":"A","order":1}]}                                          | /gates/0/order
					{"title":"x","gate":[]}                                                                           | /gate
					""")
	void invalidMemberIsRejectedWithPointer(String content, String pointer) {
		this.curator.put(PATH, content).assertInvalidMember(pointer);
	}

	@Test
	void unknownBookIsNamedInDetail() {
		this.curator.put(PATH, """
				{"title":"x","gates":[{"id":"a","title":"A","steps":[{"book":"no-such-book"}]}]}
				""").assertMember("/detail", "These books are not in the catalog: no-such-book.");
	}

	@Test
	void rejectsMalformedContent() {
		this.curator.put(PATH, "{\"title\":").assertProblem(400, "malformed");
	}

}
