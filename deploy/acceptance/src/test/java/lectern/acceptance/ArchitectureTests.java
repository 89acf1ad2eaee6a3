package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Path;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the code against each rule, and each rule against a sample that breaks it. */
class ArchitectureTests {

	@TempDir
	private static Path folder;

	private static RuleSamples samples;

	@BeforeAll
	static void compileSamples() throws IOException {
		samples = RuleSamples.compile(folder);
	}

	@ParameterizedTest
	@EnumSource
	void codeKeepsRule(ArchitectureRule rule) {
		rule.rule().check(classesOf(rule.scope()));
	}

	@ParameterizedTest
	@EnumSource
	void sampleBreaksRule(ArchitectureRule rule) {
		JavaClasses sample = samples.of(rule.sample());
		assertThat(sample).isNotEmpty();
		assertThat(rule.rule().evaluate(sample).hasViolation()).as("the sample is refused").isTrue();
	}

	private static JavaClasses classesOf(ArchitectureRule.Scope scope) {
		return switch (scope) {
			case MAIN -> ProjectClasses.MAIN;
			case TESTS -> ProjectClasses.TESTS;
			case ALL -> ProjectClasses.ALL;
		};
	}

	/** Imported once: it takes seconds. */
	private static final class ProjectClasses {

		static final JavaClasses ALL = Modules.allClasses();

		static final JavaClasses MAIN = ALL.that(DescribedPredicate.describe("main code", Modules::isMainCode));

		static final JavaClasses TESTS = ALL
			.that(DescribedPredicate.not(DescribedPredicate.describe("main code", Modules::isMainCode)));

		private ProjectClasses() {
		}

	}

}
