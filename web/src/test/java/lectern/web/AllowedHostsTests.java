package lectern.web;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AllowedHostsTests {

	private static final AllowedHosts LISTED = new AllowedHosts(
			Set.of("Lectern.example.org", "192.0.2.1", "[2001:db8::7]"));

	@ParameterizedTest
	@ValueSource(strings = { "lectern.example.org", "LECTERN.EXAMPLE.ORG:443", "lectern.example.org.", "192.0.2.1:8080",
			"[2001:DB8::7]:8443", "localhost", "127.0.0.1:8080", "[::1]" })
	void listedHostIsAllowed(String host) {
		assertThat(LISTED.findProblem(List.of(host), false)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "example.org", "lectern.example.org.evil.example", "evil-lectern.example.org", "192.0.2.2",
			"lectern.example.org..", "lectern.example.org@evil.example", "127.0.0.1.evil.example", "two words", "" })
	void otherHostIsMalformed(String host) {
		assertThat(LISTED.findProblem(List.of(host), false)).isNotNull()
			.extracting(Problem::type)
			.isEqualTo(ProblemType.MALFORMED);
	}

	@Test
	void everyWellFormedHostIsAllowedWithoutList() {
		AllowedHosts any = new AllowedHosts(Set.of());

		assertThat(any.findProblem(List.of("elsewhere.example:1"), false)).isNull();
		assertThat(any.findProblem(List.of("two words"), false)).isNotNull();
		assertThat(any.findProblem(List.of("a.example", "a.example"), true)).isNotNull();
		assertThat(any.findProblem(List.of(), false)).isNotNull();
		assertThat(any.findProblem(List.of(), true)).isNull();
	}

}
