package lectern.catalog.book;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NormalizedUrlTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://example.org/a", "http://example.org/a/", "HTTPS://WWW.Example.ORG/a",
			"http://example.org:80/a", "https://example.org:443/a#", "https://example.org/a?utm_source=x&utm_medium=y",
			"https://example.org/a?&fbclid=1", "https://example.org/%61", "https://example.org/a#readme",
			"https://example.org/a#:~:text=b", " https://example.org/a ",
			"https://web.archive.org/web/20160101000000/http://www.example.org/a",
			"http://web.archive.org/web/2016id_/https://example.org:80/a/",
			"https://web.archive.org/web/20160101/example.org/a", "https://web.archive.org/web/*/http:/example.org/a",
			"https://web.archive.org/web/2020/https://web.archive.org/web/2016/http://example.org/a" })
	void equivalentUrlsHaveSameKey(String url) {
		assertThat(NormalizedUrl.of(url)).isEqualTo(new NormalizedUrl("example.org/a"));
	}

	@ParameterizedTest
	@CsvSource({ "https://example.org/a, https://example.org/A", "https://example.org/#one, https://example.org/#two",
			"https://example.org/#!/a, https://example.org/#!/b",
			"https://example.org/?id=1, https://example.org/?id=2", "https://example.org/a, https://example.org/a/b",
			"https://example.org/a, https://example.com/a", "https://example.org/a%2Fb, https://example.org/a/b",
			"https://example.org:8080/, https://example.org/", "https://www.com/, https://com/", "mailto:a, mailto:b" })
	void differentUrlsHaveDifferentKeys(String one, String other) {
		assertThat(NormalizedUrl.of(one)).isNotEqualTo(NormalizedUrl.of(other));
	}

	@ParameterizedTest
	@CsvSource({ "https://example.org/a%c3%a9, example.org/a%C3%A9", "https://example.org, example.org",
			"https://example.org/?q=a&utm_term=b&r=c, example.org?q=a&r=c",
			"https://example.org/%zz%, example.org/%zz%" })
	void keyIsNormalizedUrl(String url, String key) {
		assertThat(NormalizedUrl.of(url).value()).isEqualTo(key);
	}

}
