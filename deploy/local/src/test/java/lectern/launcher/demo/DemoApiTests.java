package lectern.launcher.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DemoApiTests {

	private static final DemoRequest READ = DemoRequest.get("/books/emma");

	private final StopSignal stop = new StopSignal();

	/** The status and the content of each response, in order; after that all is well. */
	private final Queue<String> responses = new ArrayDeque<>();

	private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

	private HttpServer gateway;

	private DemoApi api;

	@BeforeEach
	void startGateway() throws IOException {
		this.gateway = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		this.gateway.createContext("/", this::answer);
		this.gateway.start();
		this.api = new DemoApi(URI.create("http://127.0.0.1:" + this.gateway.getAddress().getPort()), this.stop);
	}

	@AfterEach
	void stopGateway() {
		this.api.close();
		this.gateway.stop(0);
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
				+ exchange.getRequestHeaders().getFirst("Authorization"));
		String response = this.responses.isEmpty() ? "200 {}" : this.responses.remove();
		byte[] content = response.substring(4).getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Retry-After", response.startsWith("409") ? "7" : "0");
		exchange.sendResponseHeaders(Integer.parseInt(response.substring(0, 3)), content.length);
		exchange.getResponseBody().write(content);
		exchange.close();
	}

	@Test
	void waitsAndRepeatsWhenLecternIsBusy() throws Exception {
		this.responses.addAll(List.of("503 {}", "429 {}"));

		assertThat(this.api.send(READ, null).status()).isEqualTo(200);

		assertThat(this.requests).hasSize(3);
	}

	@Test
	void refusalIsReturnedAtOnceInTheWordsOfTheService() throws Exception {
		this.responses.add("409 {\"type\":\"/problems/unknown-book\",\"detail\":\"There is no such book.\"}");

		DemoResponse response = this.api.send(READ, "a token");

		assertThat(response.isProblem("unknown-book")).isTrue();
		assertThat(response.retryAfter()).isEqualTo(Duration.ofSeconds(7));
		assertThat(response.failure()).isEqualTo("There is no such book.");
		assertThat(this.requests).containsExactly("GET /api/v1/books/emma Bearer a token");
	}

	@Test
	void stopEndsWaits() {
		this.stop.stop();
		this.responses.add("503 {}");
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.api.send(READ, null));
		assertThat(this.requests).hasSize(1);
	}

	@Test
	void expiredTokenIsRenewed() throws Exception {
		this.responses.addAll(List.of("401 {}", "200 {\"accessToken\":\"new\"}"));

		DemoSession session = new DemoSession(this.api, "demo-visitor", "secret", "old");

		assertThat(session.send(READ).status()).isEqualTo(200);
		assertThat(this.requests).containsExactly("GET /api/v1/books/emma Bearer old", "POST /api/v1/tokens Bearer old",
				"GET /api/v1/books/emma Bearer new");
	}

	@Test
	void accountThatCannotSignInIsNotTriedAgain() {
		this.responses.addAll(List.of("401 {}", "401 {}", "401 {\"detail\":\"The password is wrong.\"}"));

		DemoSession session = new DemoSession(this.api, "demo-visitor", "secret", "old");

		assertThatExceptionOfType(AccountRefusedException.class).isThrownBy(() -> session.send(READ))
			.withMessage("The account demo-visitor cannot sign in (The password is wrong.).");
		assertThat(this.requests).hasSize(3);
	}

}
