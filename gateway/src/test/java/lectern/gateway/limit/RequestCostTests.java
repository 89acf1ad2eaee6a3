package lectern.gateway.limit;

import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestCostTests {

	@ParameterizedTest
	@CsvSource({ "GET, /, READ", "GET, /api/v1/books/fluent-python, READ", "HEAD, /api/v1/books, READ",
			"GET, /api/v1/catalog/events?types=book-added, READ", "OPTIONS, /api/v1/readers/ada/readings, READ",
			"GET, /api/v1/readers/ada/export/x, READ", "GET, /api/v1/imports, READ", "GET, /api/v1/imports/7, READ",
			"GET, /api/v1/readers/export, READ", "GET, /api/v1/books?q=python, SEARCH",
			"GET, /api/v1/books?%71=python, SEARCH", "GET, /api/v1/b%6Foks?q=python, SEARCH",
			"GET, http://lectern.example/api/v1/books?q=a, SEARCH", "GET, /api/v1/authors?q=a, SEARCH",
			"GET, /api/v1/books/facets, SEARCH", "POST, /api/v1/books, WRITE",
			"POST, /api/v1/readers/ada/commands, WRITE", "DELETE, /api/v1/tokens/current, WRITE",
			"PATCH, /api/v1/readers/ada, WRITE", "PURGE, /api/v1/books, WRITE", "DELETE, /api/v1/export, WRITE",
			"POST, /api/v1/export, WRITE", "POST, /api/v1/tokens, SIGN_IN", "POST, /api/v1/readers, SIGN_IN",
			"POST, /api/v1/token%73, SIGN_IN", "GET, /api/v1/tokens, READ", "GET, /api/v1/export, TRANSFER",
			"GET, /api/v1/readers/ada/export, TRANSFER", "HEAD, /api/v1/readers/ada/export?a=b, TRANSFER",
			"POST, /api/v1/imports?source=x, TRANSFER", "POST, /api/v1/readers/ada/import, TRANSFER",
			"GET, /api/v1/%zz/export, READ", "GET, *, READ", "GET, http://lectern.example, READ" })
	void requestHasTheCostOfWhatItAsksFor(String method, String uri, RequestCost cost) {
		assertThat(RequestCost.of(HttpMethod.valueOf(method), uri)).isEqualTo(cost);
	}

}
