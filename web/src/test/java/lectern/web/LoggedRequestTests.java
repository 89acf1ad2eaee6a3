package lectern.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoggedRequestTests {

	@ParameterizedTest
	@CsvSource({ "/api/v1/books/a-book, /api/v1/books/a-book", "/api/v1/readers, /api/v1/readers",
			"/api/v1/readers/ada, /api/v1/readers/{reader}",
			"/api/v1/readers/ada/readings/7, /api/v1/readers/{reader}/readings/7",
			"/api/v1/readers/%61da/x, /api/v1/readers/{reader}/x", "/api//readers//ada, /api//readers//{reader}",
			"/readers;a=b/ada;c=d/x, /readers;a=b/{reader}/x",
			"/actuator/accounts/ada/password," + " /actuator/accounts/{reader}/password" })
	void pathHasNoHandle(String path, String logged) {
		assertThat(LoggedRequest.withoutReader(path)).isEqualTo(logged);
	}

	@Test
	void lengthsAreBounded() {
		LoggedRequest request = new LoggedRequest("id", null, "M".repeat(10_000), "/" + "x".repeat(10_000));
		assertThat(request.method()).hasSize(21);
		assertThat(request.path()).hasSize(201).endsWith("x…");
	}

	@Test
	void lineIsOfPrintableCharacters() {
		assertThat(LoggedText.printable("a\r\nb\u2028c\u0000d\u202ee\u0085f ✓ 𝔸", 100)).isEqualTo("a  b c d e f ✓ 𝔸");
		assertThat(LoggedText.describe(new IllegalStateException("outer\n", new IllegalArgumentException("root"))))
			.isEqualTo("java.lang.IllegalStateException: outer , caused by java.lang.IllegalArgumentException: root");
	}

}
