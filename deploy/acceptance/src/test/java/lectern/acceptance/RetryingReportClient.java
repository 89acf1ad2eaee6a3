package lectern.acceptance;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;
import lectern.bench.http.TextResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reports positions of one reading by way of the gateway. A report without an
 * acknowledgement is repeated under its key until it has one. For one thread.
 */
final class RetryingReportClient implements AutoCloseable {

	/** Longer than the longest restart backoff plus a start. */
	private static final Duration RETRY_TIMEOUT = Duration.ofMinutes(3);

	private static final long MAX_RETRY_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private final int port;

	private final String path;

	private final Map<String, String> authorization;

	private final Consumer<String> attemptListener;

	private HttpConnection connection;

	/**
	 * @param heard told what came of each attempt
	 */
	RetryingReportClient(LecternInstance lectern, ReaderClient reader, String reading, Consumer<String> heard) {
		this.port = lectern.port();
		this.path = "/api/v1/readers/" + reader.handle() + "/readings/" + reading + "/positions";
		this.authorization = reader.authorizationHeader();
		this.attemptListener = heard;
	}

	/** Send the report until it is acknowledged. */
	AcknowledgedReport report(double fraction) throws IOException {
		String key = UUID.randomUUID().toString();
		Map<String, String> headers = new HashMap<>(this.authorization);
		headers.put("Content-Type", "application/json");
		headers.put("Idempotency-Key", key);
		TextRequest request = new TextRequest("POST", this.path, headers,
				"{\"fraction\":" + fraction + ",\"locator\":\"" + key + "\"}");
		long began = System.nanoTime();
		Optional<TextResponse> acknowledgement = send(request);
		while (acknowledgement.isEmpty()) {
			assertThat(Duration.ofNanos(System.nanoTime() - began)).as("without an acknowledgement")
				.isLessThan(RETRY_TIMEOUT);
			LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_RETRY_DELAY_NANOS));
			acknowledgement = send(request);
		}
		AcknowledgedReport kept = AcknowledgedReport.of(acknowledgement.get());
		assertThat(kept.idempotencyKey()).as("of the report that is acknowledged").isEqualTo(key);
		assertThat(kept.fraction()).isEqualTo(fraction);
		return kept;
	}

	/** The acknowledgement; empty if there is none. */
	private Optional<TextResponse> send(TextRequest request) throws IOException {
		try {
			if (this.connection == null) {
				this.connection = HttpConnection.connect(this.port);
			}
			TextResponse answer = this.connection.exchange(request);
			boolean replayed = answer.head().headers().containsKey("Idempotency-Replayed");
			this.attemptListener.accept(answer.head().status() + (replayed ? " replayed" : ""));
			return acknowledgement(answer);
		}
		catch (IOException _) {
			this.attemptListener.accept("no answer");
			close();
			return Optional.empty();
		}
	}

	/** Any other response must have Retry-After. */
	private static Optional<TextResponse> acknowledgement(TextResponse answer) {
		if (answer.head().status() / 100 == 2) {
			return Optional.of(answer);
		}
		assertThat(answer.head().status()).as(answer.body()).isIn(502, 503, 504);
		assertThat(answer.head().headers()).containsEntry("Content-Type", "application/problem+json");
		assertThat(answer.head().status() != 503 || answer.head().headers().containsKey("Retry-After"))
			.as("has Retry-After")
			.isTrue();
		return Optional.empty();
	}

	@Override
	public void close() throws IOException {
		if (this.connection != null) {
			this.connection.close();
			this.connection = null;
		}
	}

}
