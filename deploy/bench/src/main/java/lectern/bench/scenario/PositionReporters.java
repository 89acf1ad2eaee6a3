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

	/**
	 * Return for each of the first readers an endless supplier of lists of reports, as a
	 * device sends them that was offline.
	 * @param lines the number of reports in a list
	 */
	List<Supplier<TextRequest>> listRequests(int count, int lines) {
		return this.reporters.stream()
			.limit(count)
			.<Supplier<TextRequest>>map((reporter) -> () -> reporter.listRequest(lines))
			.toList();
	}

	private static final class PositionReporter {

		private final String listPath;

		private final String readingsPath;

		private final UUID reading;

		private final Map<String, String> headers;

		private int reportCount;

		PositionReporter(String reader, UUID reading, String token) {
			this.listPath = "/api/v1/readers/" + reader + "/commands";
			this.readingsPath = "/api/v1/readers/" + reader + "/readings";
			this.reading = reading;
			this.headers = Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json");
		}

		TextRequest startRequest() {
			return new TextRequest("POST", this.readingsPath, this.headers,
					"{\"book\":\"" + BOOK + "\",\"id\":\"" + this.reading + "\",\"again\":true}");
		}

		TextRequest reportRequest() {
			return reportRequest(this.headers);
		}

		TextRequest idempotentReportRequest() {
			return reportRequest(Map.of("Authorization", this.headers.getOrDefault("Authorization", ""), "Content-Type",
					"application/json", "Idempotency-Key", UUID.randomUUID().toString()));
		}

		TextRequest listRequest(int lines) {
			StringBuilder list = new StringBuilder(lines * 300);
			for (int line = 0; line < lines; line++) {
				list.append("{\"key\":\"")
					.append(this.reportCount)
					.append("\",\"type\":\"report\",\"reading\":\"")
					.append(this.reading)
					.append("\",")
					.append(nextReport())
					.append("}\n");
			}
			return new TextRequest("POST", this.listPath, Map.of("Authorization",
					this.headers.getOrDefault("Authorization", ""), "Content-Type", "application/x-ndjson"),
					list.toString());
		}

		private TextRequest reportRequest(Map<String, String> requestHeaders) {
			return new TextRequest("POST", this.readingsPath + "/" + this.reading + "/positions", requestHeaders,
					"{" + nextReport() + "}");
		}

		/** The members of the next report. */
		private String nextReport() {
			int count = this.reportCount++;
			String now = Instant.now().toString();
			// Joined, not formatted: the bench shares the cores with what it measures.
			String sixDigits = Integer.toString(MILLION + count % MILLION).substring(1);
			return "\"fraction\":0." + sixDigits + ",\"page\":" + count % 1000
					+ ",\"chapter\":\"Chapter 7\",\"device\":{\"id\":\"bench\",\"name\":\"Bench\"},\"occurredAt\":\""
					+ now + "\",\"sentAt\":\"" + now + "\"";
		}

	}

}
