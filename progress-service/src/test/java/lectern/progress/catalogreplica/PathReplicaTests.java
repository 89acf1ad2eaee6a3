package lectern.progress.catalogreplica;

import java.util.List;

import lectern.progress.model.Gate;
import lectern.progress.model.LearningPath;
import lectern.progress.model.PassRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PathReplicaTests {

	@Test
	void parsesPathWrittenByCatalog() {
		assertThat(PathReplica.parse("architect", """
				{"id":"architect","title":"The Architect","summary":"…","gates":[
				{"id":"basics","title":"Basics","needs":[],"steps":[{"book":"git","note":"Slowly"},{"book":"python"}],
				"rule":{"type":"all"}},
				{"id":"practice","title":"Practice","needs":["basics"],"steps":[{"book":"tdd"},{"book":"ddd"}],
				"rule":{"type":"any","count":1}}],
				"version":7,"createdAt":"2026-03-01T12:00:00Z","changedAt":"2026-03-01T12:00:00Z"}""", false))
			.isEqualTo(new LearningPath("architect", "The Architect", 7,
					List.of(new Gate("basics", "Basics", List.of(), new PassRule.EveryStep(), List.of("git", "python")),
							new Gate("practice", "Practice", List.of("basics"), new PassRule.MinimumSteps(1),
									List.of("tdd", "ddd"))),
					false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":\"half\",\"count\":1}", "{\"type\":\"any\"}", "{\"type\":\"any\",\"count\":0}",
			"{\"type\":\"any\",\"count\":\"x\"}", "{\"type\":7}", "{}", "7" })
	void unknownRuleIsTreatedAsStrictest(String rule) {
		LearningPath path = PathReplica.parse("architect", "{\"gates\":[{\"id\":\"basics\",\"rule\":" + rule + "}]}",
				false);
		assertThat(path.gates()).singleElement().extracting(Gate::rule).isEqualTo(new PassRule.EveryStep());
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "7", "[]", "{\"title\":7,\"version\":\"x\",\"gates\":7}",
			"{\"title\":\"a\\u0000b\",\"gates\":[7,{},{\"id\":\"a\\u0000b\"},{\"id\":\"\"},{\"id\":[]}]}",
			"{\"title\":\"\\ud800\",\"gates\":[{\"id\":\"\\ud800\"}]}" })
	void malformedMembersAreOmitted(String document) {
		LearningPath path = PathReplica.parse("architect", document, false);
		assertThat(path.gates()).isEmpty();
		assertThat(path.version()).isZero();
		assertThat(path.title()).isNotBlank().doesNotContain("\0");
	}

}
