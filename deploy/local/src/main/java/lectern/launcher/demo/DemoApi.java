package lectern.launcher.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the gateway. Methods wait for the response; each caller has a virtual
 * thread.
 */
final class DemoApi implements AutoCloseable {

	/** Longer than any request but an import takes, which is much shorter here, too. */
	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final int MAX_ATTEMPTS = 8;

	private static final Duration MAX_DELAY = Duration.ofSeconds(30);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.executor(Executors.newVirtualThreadPerTaskExecutor())
		.build();

	private final URI gateway;

	private final StopSignal stop;

	private final RandomGenerator random = RandomGenerator.getDefault();

	DemoApi(URI gateway, StopSignal stop) {
		this.gateway = gateway;
		this.stop = stop;
	}

	/**
	 * Send a request. It is repeated up to seven times, after delays with jitter, if
	 * there is no response or a temporary failure; so it must be idempotent.
	 * @param token the access token; null if none is needed
	 * @return the response, which may be a failure
	 * @throws DemoException if Lectern does not respond
	 * @throws InterruptedException if the demo is stopped
	 */
	DemoResponse send(DemoRequest request, @Nullable String token) throws InterruptedException {
		String failure = "";
		for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
			Duration delay = delayAfter(attempt);
			try {
				DemoResponse response = sendOnce(request, token);
				if (!response.isTemporaryFailure()) {
					return response;
				}
				failure = response.failure();
				delay = max(delay, response.retryAfter());
			}
			catch (IOException ex) {
				failure = (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName();
			}
			this.stop.pause(delay);
		}
		throw new DemoException("Lectern at " + this.gateway + " does not respond (" + failure + ").");
	}

	private DemoResponse sendOnce(DemoRequest request, @Nullable String token)
			throws IOException, InterruptedException {
		HttpRequest.Builder builder = HttpRequest.newBuilder(this.gateway.resolve("/api/v1" + request.path()))
			.timeout(TIMEOUT)
			.header("User-Agent", "lectern-demo")
			.method(request.method(),
					request.content().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(request.content()));
		request.headers().forEach(builder::header);
		if (token != null) {
			builder.header("Authorization", "Bearer " + token);
		}
		HttpResponse<String> response = this.client.send(builder.build(), BodyHandlers.ofString());
		return new DemoResponse(response.statusCode(), retryAfter(response), response.body());
	}

	private static Duration retryAfter(HttpResponse<?> response) {
		return response.headers()
			.firstValue("Retry-After")
			.filter((value) -> value.matches("\\d{1,4}"))
			.map((value) -> Duration.ofSeconds(Long.parseLong(value)))
			.orElse(Duration.ZERO);
	}

	/** From about 0.3 s to 30 s. Random, so that the readers do not return together. */
	private Duration delayAfter(int attempt) {
		double millis = 300 * Math.pow(2, attempt - 1) * this.random.nextDouble(0.75, 1.5);
		return Duration.ofMillis((long) Math.min(millis, MAX_DELAY.toMillis()));
	}

	private static Duration max(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	/** Cancel what is in flight. */
	@Override
	public void close() {
		this.client.shutdownNow();
	}

}
