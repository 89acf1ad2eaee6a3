package lectern.web;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.NotAcceptableStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AcceptHeaderTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "text/event-stream", "*/*", "text/*", "application/json, text/*;q=0.1",
			"text/*;q=0, text/event-stream", "*/*;q=0, text/event-stream;q=0.001" })
	void acceptsUnlessExcluded(String accept) {
		AcceptHeader.require(request(accept), MediaType.TEXT_EVENT_STREAM);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "text/event-stream;q=0", "text/event-stream;q=0.0, */*",
			"text/*;q=0, */*;q=0.1", "text/event-stream; q=0, text/*", "nonsense" })
	void mostSpecificRangeDecides(String accept) {
		assertThatExceptionOfType(NotAcceptableStatusException.class)
			.isThrownBy(() -> AcceptHeader.require(request(accept), MediaType.TEXT_EVENT_STREAM));
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json;q=0", "*/*;q=0" })
	void nothingAcceptableIsNotAcceptable(String accept) {
		assertThatExceptionOfType(NotAcceptableStatusException.class)
			.isThrownBy(() -> new AcceptHeader().resolveMediaTypes(MockServerWebExchange.from(request(accept))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html;q=0, application/json", "application/json" })
	void excludedTypesAreNotResolved(String accept) {
		assertThat(new AcceptHeader().resolveMediaTypes(MockServerWebExchange.from(request(accept))))
			.containsExactly(MediaType.APPLICATION_JSON);
	}

	/** JSON is UTF-8, whatever charset a client would like (RFC 8259, section 8.1). */
	@ParameterizedTest
	@ValueSource(strings = { "application/json;charset=utf-16", "application/json; Charset=\"latin1\"" })
	void charsetIsIgnored(String accept) {
		assertThat(new AcceptHeader().resolveMediaTypes(MockServerWebExchange.from(request(accept))))
			.containsExactly(MediaType.APPLICATION_JSON);
	}

	private static MockServerHttpRequest request(String accept) {
		MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/");
		return accept.isEmpty() ? request.build() : request.header("Accept", accept).build();
	}

}
