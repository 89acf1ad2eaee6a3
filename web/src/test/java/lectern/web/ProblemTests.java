package lectern.web;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemTests {

	@Test
	void withinPrefixesMemberPointer() {
		Problem moved = Problem.invalidMember("/to", "is missing").within("/commands/3");
		assertThat(moved.type()).isEqualTo(ProblemType.INVALID);
		assertThat(moved.detail()).isEqualTo("The member /commands/3/to is missing.");
		assertThat(moved.violations()).containsExactly(new Problem.Violation("/commands/3/to", null, "is missing"));
	}

	@Test
	void withinAddsPointerToWholePart() {
		Problem moved = Problem.of(ProblemType.UNAVAILABLE, "Too much at once.")
			.withHeader(HttpHeaders.RETRY_AFTER, "1")
			.within("/commands/3");
		assertThat(moved.type()).isEqualTo(ProblemType.UNAVAILABLE);
		assertThat(moved.detail()).isEqualTo("Too much at once.");
		assertThat(moved.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
		assertThat(moved.violations()).extracting(Problem.Violation::pointer).containsExactly("/commands/3");
	}

}
