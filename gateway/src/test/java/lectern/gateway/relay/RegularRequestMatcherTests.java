package lectern.gateway.relay;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RegularRequestMatcherTests {

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/books", "/api/v1/books/fluent-python", "/api/v1/readers/ada_b~c.d/readings/7" })
	void plainPathIsRegular(String path) {
		assertThat(RegularRequestMatcher.pathOf(path)).isEqualTo(path);
		assertThat(RegularRequestMatcher.pathOf(path + "?")).isEqualTo(path);
		assertThat(RegularRequestMatcher.pathOf(path + "?q=caf%C3%A9+a[1]&b=c;d:/?@!$'()*,")).isEqualTo(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/problems", "/api/", "/api/v1/books/", "/api//v1", "/api/./v1", "/api/../v1",
			"/api/v1/.hidden", "/api/v1/a%20b", "/api/v1/a;b", "/api/v1/a:b", "/api/v1/caf\u00e9", "/api/v1/a\\b",
			"http://host/api/v1/books", "*", "/API/v1/books", "/api/v1/a#b" })
	void otherPathIsNotRegular(String path) {
		assertThat(RegularRequestMatcher.pathOf(path)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "q=%", "q=%2", "q=%zz", "q=\"", "q=<a>", "q={a}", "q=a|b", "q=a\\b", "q=^", "q=`", "q=a b",
			"q=caf\u00e9", "q=a#b" })
	void queryThatNeedsEncodingIsNotRegular(String query) {
		assertThat(RegularRequestMatcher.pathOf("/api/v1/books?" + query)).isNull();
	}

}
