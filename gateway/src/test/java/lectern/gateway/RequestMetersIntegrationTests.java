package lectern.gateway;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** How the gateway counts and times requests, on both of its ways. */
@NullUnmarked
class RequestMetersIntegrationTests extends GatewayFixture {

	private static final String SHORT_WAY = "";

	private static final String ORDINARY_WAY = "TE: trailers\r\n";

	private static final int STRANGE_REQUESTS = 500;

	@ParameterizedTest
	@CsvSource({ "GET, /api/v1/books, 200, /api/v1/books/**", "GET, /api/v1/books/missing, 404, /api/v1/books/**",
			"GET, /api/v1/books/b?q=a, 404, /api/v1/books/**", "DELETE, /api/v1/topics, 405, /api/v1/topics",
			"GET, /api/v1/paths/moved, 308, /api/v1/paths/**", "GET, /api/v1/paths/failed, 500, /api/v1/paths/**",
			"GET, /api/v1/readers/ada/readings, 401, /api/v1/readers/**",
			"GET, /api/v1/readers/ada/export, 404, /api/v1/readers/*/export", "GET, /books, 200, /books" })
	void requestIsCountedWithPatternOfItsRoute(String method, String target, String status, String pattern)
			throws IOException {
		for (String way : List.of(SHORT_WAY, ORDINARY_WAY)) {
			double before = count(method, status, pattern);
			assertThat(send(method, target, way).status()).startsWith("HTTP/1.1 " + status);
			awaitCount(method, status, pattern, before + 1);
		}
	}

	/** The token is rejected before the route is known. */
	@Test
	void rejectedTokenIsCountedWithPatternOfRoute() throws IOException {
		double before = count("PUT", "401", "/api/v1/books/**");
		send("PUT", "/api/v1/books/b", "Content-Length: 0\r\nAuthorization: Bearer not-a-token\r\n");
		awaitCount("PUT", "401", "/api/v1/books/**", before + 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void unavailableServiceIsCountedWithPatternOfRoute(String way) throws IOException {
		double before = count("GET", "503", "/api/v1/topics");
		CATALOG.stop();
		try {
			send("GET", "/api/v1/topics", way);
		}
		finally {
			CATALOG.restart();
		}
		awaitCount("GET", "503", "/api/v1/topics", before + 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void timeOfSilentServiceIsThatOfWholeRequest(String way) throws IOException {
		double countBefore = count("GET", "504", "/api/v1/books/**");
		double secondsBefore = sum("http_server_requests_seconds_sum{", "GET", "504", "/api/v1/books/**");
		send("GET", "/api/v1/books/slow", way);
		awaitCount("GET", "504", "/api/v1/books/**", countBefore + 1);
		assertThat(sum("http_server_requests_seconds_sum{", "GET", "504", "/api/v1/books/**") - secondsBefore)
			.as("the response timeout is 3 s")
			.isGreaterThan(2);
	}

	@Test
	void strangeRequestsMakeNoLabelValues() throws IOException {
		sendStrangeRequests(0);
		long before = requestSeries();
		for (int index = 1; index <= STRANGE_REQUESTS / 10; index++) {
			sendStrangeRequests(index);
		}
		assertThat(metrics()).doesNotContainIgnoringCase("zebra");
		assertThat(requestSeries()).as("a client that leaves at once has another outcome").isLessThan(before + 10);
	}

	private void sendStrangeRequests(int index) throws IOException {
		for (String way : List.of(SHORT_WAY, ORDINARY_WAY)) {
			send("GET", "/zebra-" + index, way);
			send("GET", "/api/v1/zebra-" + index, way);
			send("GET", "/api/v1/books/zebra-" + index + "/zebra", way);
			send("ZEBRA" + index, "/api/v1/books", way);
			send("ZEBRA" + index, "/zebra-" + index, way);
		}
	}

	private long requestSeries() {
		return metrics().lines().filter((line) -> line.matches("(http|spring_cloud)_.*_count\\{.*")).count();
	}

	/** A response may arrive a moment before its request is counted. */
	private void awaitCount(String method, String status, String pattern, double expected) {
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(count(method, status, pattern)).isEqualTo(expected));
	}

	private double count(String method, String status, String pattern) {
		return sum("http_server_requests_seconds_count{", method, status, pattern);
	}

	private double sum(String name, String method, String status, String pattern) {
		return metrics().lines()
			.filter((line) -> line.startsWith(name)
					&& Stream.of("method=\"" + method + "\"", "status=\"" + status + "\"", "uri=\"" + pattern + "\"")
						.allMatch(line::contains))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

	private RawResponse send(String method, String target, String headers) throws IOException {
		return RawResponse.to(this.port,
				method + " " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n");
	}

}
