package lectern.acceptance.attack;

import java.io.IOException;

import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests whose end two servers could see in two places. Behind each stands a second
 * request, which must not be taken for one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-11.2">RFC 9112, Request
 * Smuggling</a>
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class RequestSmugglingAcceptanceTests {

	@ParameterizedTest
	@EnumSource
	void ambiguousRequestIsBadAndClosesItsConnection(AmbiguousRequest request, LecternInstance lectern)
			throws IOException {
		RawExchange exchange = RawExchange.send(lectern.port(), request.bytes());
		assertThat(exchange.closed()).as("the connection is closed").isTrue();
		assertThat(exchange.text()).startsWith("HTTP/1.1 400 ")
			.containsIgnoringCase("content-type: application/problem+json")
			.containsIgnoringCase("x-request-id: ")
			.doesNotContain("Exception");
		assertThat(exchange.responses()).as("the rest is not taken for a request: " + exchange.text()).isOne();
	}

}
