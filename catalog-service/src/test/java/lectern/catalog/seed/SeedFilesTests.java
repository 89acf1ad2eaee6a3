package lectern.catalog.seed;

import java.util.Set;
import java.util.stream.Collectors;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import lectern.catalog.book.CatalogId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The seed files are complete, and valid as bodies of a PUT. */
class SeedFilesTests {

	private final SeedFiles files = SeedFiles
		.read(JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build());

	@Test
	void containsExpectedBooksAndPath() {
		assertThat(this.files.books()).containsOnlyKeys("architecture-patterns-with-python", "fluent-python",
				"high-performance-python", "the-design-of-web-apis", "using-asyncio-in-python");
		assertThat(this.files.paths()).containsOnlyKeys("temporal-architect");
	}

	@Test
	void seedDocumentsAreValid() {
		try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
			Validator validator = factory.getValidator();
			this.files.books().forEach((id, book) -> {
				assertThat(CatalogId.isValid(id)).isTrue();
				assertThat(validator.validate(book)).as(id).isEmpty();
			});
			this.files.paths().forEach((id, path) -> assertThat(validator.validate(path)).as(id).isEmpty());
		}
	}

	@Test
	void seedBooksHaveAllDescriptiveMembers() {
		assertThat(this.files.books().values()).allSatisfy((book) -> {
			assertThat(book.authors()).isNotEmpty();
			assertThat(book.topics()).isNotEmpty();
			assertThat(book.level()).isNotNull();
			assertThat(book.summary()).isNotNull();
			assertThat(book.keyPoints()).hasSizeBetween(4, 6);
			assertThat(book.whyItMatters()).isNotNull();
			assertThat(book.freeAccess()).isNotEmpty();
		});
	}

	@Test
	void seedPathContainsEverySeedBook() {
		Set<String> steps = this.files.paths()
			.get("temporal-architect")
			.gates()
			.stream()
			.flatMap((gate) -> gate.steps().stream())
			.map((step) -> step.book())
			.collect(Collectors.toSet());
		assertThat(steps).isEqualTo(this.files.books().keySet());
	}

}
