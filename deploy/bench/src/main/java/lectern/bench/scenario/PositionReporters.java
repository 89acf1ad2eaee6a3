package lectern.bench.scenario;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;
import lectern.bench.systems.LecternDatabase;
import lectern.bench.systems.LecternTarget;
import lectern.bench.systems.TokenSigner;

/** Readers who report positions, each in a reading of its own. */
final class PositionReporters {

	private static final String BOOK = "fluent-python";

	private static final int MILLION = 1_000_000;

	private final List<PositionReporter> reporters;

	private PositionReporters(List<PositionReporter> reporters) {
		this.reporters = reporters;
	}

	/** Add readers and start a reading for each. */
	static PositionReporters of(LecternTarget lectern, int readers) throws IOException {
		TokenSigner signer = lectern.database().addReaders(readers);
		List<PositionReporter> all = new ArrayList<>();
		try (HttpConnection connection = HttpConnection.connect(lectern.port())) {
			for (int i = 0; i < readers; i++) {
				String reader = LecternDatabase.readerHandle(i);
				PositionReporter reporter = new PositionReporter(reader, UUID.randomUUID(), signer.signToken(reader));
				connection.exchange(reporter.startRequest()).requireSuccess();
				all.add(reporter);
			}
		}
		return new PositionReporters(all);
	}

	/** Return for each of the first readers an endless supplier of reports. */
	List<Supplier<TextRequest>> reportRequests(int count) {
		return this.reporters.stream()
			.limit(count)
			.<Supplier<TextRequest>>map((reporter) -> reporter::reportRequest)
			.toList();
	}

	/**
	 * Return for each of the first readers an endless supplier of reports with
	 * idempotency keys.
	 */
	List<Supplier<TextRequest>> idempotentReportRequests(int count) {
		return this.reporters.stream()
			.limit(count)
			.<Supplier<TextRequest>>map((reporter) -> reporter::idempotentReportRequest)
			.toList();
	}

	private static final class PositionReporter {

		private final String readingsPath;

		private final UUID reading;

		private final Map<String, String> headers;

		private int reportCount;

		PositionReporter(String reader, UUID reading, String token) {
			this.readingsPath = "/api/v1/readers/" + reader + "/readings";
			this.reading = reading;
			this.headers = Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json");
		}

		TextRequest startRequest() {
			return new TextRequest("POST", this.readingsPath, this.headers,
					"{\"book\":\"" + BOOK + "\",\"id\":\"" + this.reading + "\"}");
		}

		TextRequest reportRequest() {
			return reportRequest(this.headers);
		}

		TextRequest idempotentReportRequest() {
			return reportRequest(Map.of("Authorization", this.headers.getOrDefault("Authorization", ""), "Content-Type",
					"application/json", "Idempotency-Key", UUID.randomUUID().toString()));
		}

		private TextRequest reportRequest(Map<String, String> requestHeaders) {
			int count = this.reportCount++;
			String now = Instant.now().toString();
			// Joined, not formatted: the bench shares the cores with what it measures.
			String sixDigits = Integer.toString(MILLION + count % MILLION).substring(1);
			return new TextRequest("POST", this.readingsPath + "/" + this.reading + "/positions", requestHeaders,
					"{\"fraction\":0." + sixDigits + ",\"page\":" + count % 1000
							+ ",\"chapter\":\"Chapter 7\",\"device\":{\"id\":\"bench\",\"name\":\"Bench\"},\"occurredAt\":\""
							+ now + "\",\"sentAt\":\"" + now + "\"}");
		}

	}

}
