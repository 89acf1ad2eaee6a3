package lectern.bench.systems;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import lectern.bench.machine.ProcessGroup;

/** One import of a file, sent directly to catalog-service, with the memory it took. */
public final class MeasuredImport {

	private static final long POLL_MILLIS = 200;

	private static final Duration TIMEOUT = Duration.ofMinutes(10);

	private final HttpRequest request;

	private final ProcessGroup service;

	private long peakMemoryBytes;

	MeasuredImport(int port, String authorization, Path file, ProcessGroup service) throws IOException {
		this.request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/imports"))
			.timeout(TIMEOUT)
			.header("Authorization", authorization)
			.header("Content-Type", "application/x-ndjson")
			.POST(HttpRequest.BodyPublishers.ofFile(file))
			.build();
		this.service = service;
	}

	/**
	 * Send the file, and sample the memory of the service until the response.
	 * @return the time it took
	 * @throws IOException if the import fails or refuses a line
	 */
	public Duration run() throws IOException {
		try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			long began = System.nanoTime();
			HttpResponse<String> response = await(client.sendAsync(this.request, HttpResponse.BodyHandlers.ofString()));
			Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
			if (response.statusCode() != 201 || !response.body().contains("\"refused\":0")) {
				throw new IOException("Import with status " + response.statusCode() + ": " + response.body());
			}
			return elapsed;
		}
	}

	private HttpResponse<String> await(CompletableFuture<HttpResponse<String>> response) throws IOException {
		while (true) {
			try {
				return response.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
			}
			catch (TimeoutException _) {
				this.peakMemoryBytes = Math.max(this.peakMemoryBytes, this.service.memoryBytes());
			}
			catch (ExecutionException ex) {
				throw new IOException(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IOException(ex);
			}
		}
	}

	/** Return the largest sampled memory of the service, in bytes. */
	public long peakMemoryBytes() {
		return this.peakMemoryBytes;
	}

}
