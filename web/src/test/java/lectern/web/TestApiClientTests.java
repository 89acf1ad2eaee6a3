package lectern.web;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What other tests rely on: each assertion fails when the response differs. */
class TestApiClientTests {

	private static final DisposableServer SERVER = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.route((routes) -> routes
			.put("/api/echo",
					(request, response) -> response.header("Content-Type", request.requestHeaders().get("Content-Type"))
						.header("ETag", "\"" + request.requestHeaders().get("If-Match") + "\"")
						.send(request.receive().retain()))
			.get("/api/query", (request, response) -> response.sendString(Mono.just(request.uri())))
			.get("/api/list",
					(request,
							response) -> response.sendString(Mono.just(request.uri().endsWith("?limit=1&page=%2F")
									? "{\"items\":[2]}" : "{\"items\":[1],\"next\":\"/\"}")))
			.get("/api/problem",
					(_, response) -> response.status(422)
						.header("Content-Type", "application/problem+json")
						.sendString(Mono.just("""
								{"type":"/problems/invalid","status":422,"title":"Invalid","requestId":"7",
								"errors":[{"pointer":"/title","detail":"is missing"}]}"""))))
		.bindNow(HANG_LIMIT);

	private final TestApiClient client = TestApiClient.of("http://127.0.0.1:" + SERVER.port() + "/api");

	@AfterAll
	static void stop() {
		SERVER.disposeNow(HANG_LIMIT);
	}

	@Test
	void sendsContentAndHeaders() {
		this.client.ifMatch("3")
			.put("/echo", "{\"title\":\"Ö\",\"pages\":7}")
			.assertStatus(200)
			.assertVersion(3)
			.assertHeader("Content-Type", "application/json")
			.assertMember("/title", "Ö")
			.assertMember("/pages", 7L)
			.assertMember("/nothing", null);
	}

	@Test
	void expandsVariablesInPath() {
		assertThat(this.client.get("/query?page={page}&raw=%2F", "a b/{c}").text())
			.isEqualTo("/api/query?page=a%20b%2F%7Bc%7D&raw=%2F");
	}

	@Test
	void collectsItemsOfAllPages() {
		assertThat(this.client.getAllItems("/list?limit=1")).extracting(JsonNode::asInt).containsExactly(1, 2);
	}

	@Test
	void derivedClientLeavesOriginalUnchanged() {
		this.client.ifMatch("9");
		this.client.put("/echo", "{}").assertHeader("ETag", "\"null\"");
	}

	@Test
	void matchingProblemPasses() {
		this.client.get("/problem").assertInvalidMember("/title");
	}

	@Test
	void differentResponseFailsAssertion() {
		TestApiResponse problem = this.client.get("/problem");
		assertThatThrownBy(() -> problem.assertStatus(200)).hasMessageContaining("GET /problem: 422");
		assertThatThrownBy(() -> problem.assertProblem(422, "other")).isInstanceOf(AssertionError.class);
		assertThatThrownBy(() -> problem.assertProblem(400, "invalid")).isInstanceOf(AssertionError.class);
		assertThatThrownBy(() -> problem.assertInvalidMember("/other")).isInstanceOf(AssertionError.class);
		assertThatThrownBy(() -> problem.assertInvalidParameter("title")).isInstanceOf(AssertionError.class);
		assertThatThrownBy(() -> problem.assertMember("/title", null)).isInstanceOf(AssertionError.class);
		assertThatThrownBy(problem::cursor).hasMessageContaining("No header Cursor");
		TestApiResponse noProblem = this.client.put("/echo", problem.text());
		assertThatThrownBy(() -> noProblem.assertProblem(200, "invalid")).isInstanceOf(AssertionError.class);
	}

}
