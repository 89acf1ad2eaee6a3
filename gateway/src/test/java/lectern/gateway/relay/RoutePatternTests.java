package lectern.gateway.relay;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import static org.assertj.core.api.Assertions.assertThat;

class RoutePatternTests {

	private static final List<String> SEGMENTS = List.of("api", "v1", "books", "books-and-more", "b", "export",
			"B.c~d_e");

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/books/**", "/api/v1/topics", "/api/v1/books", "/api/**", "/api/*/books",
			"/api/v1/{any}/export", "/api/v1/b*" })
	void matchesSamePathsAsSpring(String pattern) {
		PathPattern expected = PathPatternParser.defaultInstance.parse(pattern);
		RoutePattern compiled = RoutePattern.parse(pattern);
		Random random = new Random(1);
		for (int i = 0; i < 2_000; i++) {
			StringBuilder path = new StringBuilder("/api/v1");
			path.setLength(random.nextInt(3) > 0 ? path.length() : 4);
			random.ints(random.nextInt(4), 0, SEGMENTS.size())
				.forEach((segment) -> path.append('/').append(SEGMENTS.get(segment)));
			assertThat(compiled.text()).isEqualTo(pattern);
			assertThat(compiled.matches(path.toString())).as(path.toString())
				.isEqualTo(expected.matches(PathContainer.parsePath(path.toString())));
		}
	}

	@Test
	void frequentFormsAreComparedAsText() {
		assertThat(RoutePattern.parse("/api/v1/books/**")).isInstanceOf(RoutePattern.Subtree.class);
		assertThat(RoutePattern.parse("/api/v1/topics")).isInstanceOf(RoutePattern.Exact.class);
		assertThat(RoutePattern.parse("/api/v1/readers/*/export")).isInstanceOf(RoutePattern.Parsed.class);
	}

}
