package lectern.gateway.upstream;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class SafeRepetitionTests {

	@ParameterizedTest
	@CsvSource({ "GET, /api/v1/books, false, true", "HEAD, /api/v1/books, false, true",
			"POST, /api/v1/readers/ada/readings, true, true", "POST, /api/v1/readers/ada/readings, false, false",
			"POST, /api/v1/tokens, true, false", "POST, /api/v1/readers, true, false",
			"POST, /api/v1/imports, true, false", "POST, /api/v1/readers/ada/commands, true, false",
			"PUT, /api/v1/books/one, true, false", "DELETE, /api/v1/books/one, false, false",
			"PATCH, /api/v1/books/one, false, false" })
	void requestIsRepeatedIfItsContractMakesThatSafe(String method, String path, boolean hasKey, boolean safe) {
		assertThat(SafeRepetition.isSafe(method, path, hasKey)).isEqualTo(safe);
	}

}
