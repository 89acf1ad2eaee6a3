package lectern.web;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class KeysetPageRequestTests {

	private static final Set<String> FILTERS = Set.of("q", "topic");

	@Test
	void defaultsToFirstFiftyItems() {
		KeysetPageRequest request = KeysetPageRequest.of(parameters(), FILTERS);
		assertThat(request.limit()).isEqualTo(50);
		assertThat(request.after()).isNull();
	}

	@Test
	void nextTokenLeadsToLastPage() {
		KeysetPageRequest first = KeysetPageRequest.of(parameters("limit", "2", "q", "é"), FILTERS);
		KeysetPage<String> page = first.page(List.of("a", "b", "c"), Function.identity());
		assertThat(page.items()).containsExactly("a", "b");
		KeysetPageRequest second = KeysetPageRequest
			.of(parameters("limit", "2", "q", "é", "page", Objects.requireNonNull(page.next())), FILTERS);
		assertThat(second.after()).isEqualTo("b");
		assertThat(second.page(List.of("c"), Function.identity()).next()).isNull();
	}

	@Test
	void rejectsPageTokenOfAnotherQuery() {
		KeysetPageRequest request = KeysetPageRequest.of(parameters("limit", "1", "q", "one"), FILTERS);
		String next = Objects.requireNonNull(request.page(List.of("a", "b"), Function.identity()).next());
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> KeysetPageRequest.of(parameters("q", "another", "page", next), FILTERS))
			.withMessageContaining("'page'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "201", "-1", "ten", "", "9999999999" })
	void rejectsLimitOutOfRange(String limit) {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> KeysetPageRequest.of(parameters("limit", limit), FILTERS))
			.withMessageContaining("'limit'");
	}

	@Test
	void rejectsUnknownAndRepeatedParameters() {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> KeysetPageRequest.of(parameters("sort", "title"), FILTERS))
			.withMessageContaining("'sort'");
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> KeysetPageRequest.of(parameters("q", "one", "q", "two"), FILTERS))
			.withMessageContaining("'q'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "made-up", "!!!", "OmE", "", "MDoA", "MDph", "MDAwMDAwMDBh", "_-8" })
	void rejectsMalformedPageToken(String page) {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> KeysetPageRequest.of(parameters("page", page), FILTERS))
			.withMessageContaining("'page'");
	}

	@Test
	void namesEverythingThatIsWrong() {
		Problem problem = catchThrowableOfType(Problem.class,
				() -> KeysetPageRequest.of(parameters("sort", "title", "limit", "0", "page", "made-up"), FILTERS));
		assertThat(problem.type()).isEqualTo(ProblemType.INVALID_PARAMETER);
		assertThat(problem.detail()).isEqualTo("3 query parameters are not valid.");
		assertThat(problem.violations()).extracting(Problem.Violation::parameter)
			.containsExactly("sort", "limit", "page");
		assertThat(problem.violations().getFirst().detail())
			.isEqualTo("is unknown; the parameters are limit, page, q, topic");
	}

	private static MultiValueMap<String, String> parameters(String... namesAndValues) {
		MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
		for (int index = 0; index < namesAndValues.length; index += 2) {
			parameters.add(namesAndValues[index], namesAndValues[index + 1]);
		}
		return parameters;
	}

}
