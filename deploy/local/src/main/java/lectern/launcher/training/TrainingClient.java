package lectern.launcher.training;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests to the gateway, as browsers and apps do. */
final class TrainingClient implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String JSON = "application/json";

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final AtomicLong successes = new AtomicLong();

	private final URI gateway;

	TrainingClient(URI gateway) {
		this.gateway = gateway;
	}

	/** Return the number of responses that were a success or a redirection. */
	long successes() {
		return this.successes.get();
	}

	HttpResponse<String> get(String path, @Nullable String token, String... headers)
			throws IOException, InterruptedException {
		return send("GET", path, token, null, "", headers);
	}

	HttpResponse<String> post(String path, @Nullable String token, String content, String... headers)
			throws IOException, InterruptedException {
		return send("POST", path, token, JSON, content, headers);
	}

	/**
	 * Send a request and wait for the response, whatever its status.
	 * @param token the access token; null if none is needed
	 * @param contentType null if there is no content
	 * @param headers names and values of further headers
	 */
	HttpResponse<String> send(String method, String path, @Nullable String token, @Nullable String contentType,
			String content, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = request(path, token, headers).timeout(TIMEOUT)
			.method(method, (contentType != null) ? BodyPublishers.ofString(content) : BodyPublishers.noBody());
		if (contentType != null) {
			request.header("Content-Type", contentType);
		}
		HttpResponse<String> response = this.client.send(request.build(), BodyHandlers.ofString());
		if (response.statusCode() / 100 <= 3) {
			this.successes.incrementAndGet();
		}
		return response;
	}

	/** Open a stream, which is read until the client is closed. */
	void openStream(String path, @Nullable String token, String... headers) {
		this.client.sendAsync(request(path, token, headers).build(), BodyHandlers.discarding());
	}

	private HttpRequest.Builder request(String path, @Nullable String token, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.gateway.resolve(path));
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		return request;
	}

	/** Return the access token of an account. */
	String signIn(String reader, String password) throws IOException, InterruptedException {
		HttpResponse<String> response = post("/api/v1/tokens", null,
				"{\"reader\":\"" + reader + "\",\"password\":\"" + password + "\"}");
		String token = json(response).path("accessToken").asString("");
		if (token.isEmpty()) {
			throw new IOException("The account " + reader + " cannot sign in, status " + response.statusCode());
		}
		return token;
	}

	static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

	@Override
	public void close() {
		this.client.shutdownNow();
	}

}
