package lectern.web;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemTests {

	@Test
	void withinPrefixesMemberPointer() {
		Problem nested = Problem.invalidMember("/to", "is missing").within("/commands/3");
		assertThat(nested.type()).isEqualTo(ProblemType.INVALID);
		assertThat(nested.detail()).isEqualTo("The member /commands/3/to is missing.");
		assertThat(nested.violations()).containsExactly(new Problem.Violation("/commands/3/to", null, "is missing"));
	}

	@Test
	void withinAddsPointerToWholePart() {
		Problem nested = Problem.of(ProblemType.UNAVAILABLE, "Too many requests.")
			.withHeader(HttpHeaders.RETRY_AFTER, "1")
			.within("/commands/3");
		assertThat(nested.type()).isEqualTo(ProblemType.UNAVAILABLE);
		assertThat(nested.detail()).isEqualTo("Too many requests.");
		assertThat(nested.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
		assertThat(nested.violations()).extracting(Problem.Violation::pointer).containsExactly("/commands/3");
	}

	@Test
	void onlyFirstHundredViolationsAreListed() {
		List<Problem.Violation> many = IntStream.range(0, 10_000)
			.mapToObj((index) -> new Problem.Violation("/parts/" + index, null, "is wrong"))
			.toList();
		Problem problem = Problem.invalid(many);
		assertThat(problem.violations()).isEqualTo(many.subList(0, 100));
		assertThat(problem.detail()).isEqualTo("10000 members of the content are not valid; the first 100 are listed.");
	}

}
