package lectern.bench.row;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.Request;
import lectern.bench.peer.LecternDatabase;
import lectern.bench.peer.LecternPeer;
import lectern.bench.peer.TokenSigner;

/** Readers who each report where they are in a reading of their own. */
final class Reporters {

	private static final String BOOK = "fluent-python";

	private static final int MILLION = 1_000_000;

	private final List<Reporter> reporters;

	private Reporters(List<Reporter> reporters) {
		this.reporters = reporters;
	}

	/** Add readers, each of whom starts to read. */
	static Reporters of(LecternPeer lectern, int readers) throws IOException {
		TokenSigner signer = lectern.database().addReaders(readers);
		List<Reporter> all = new ArrayList<>();
		try (HttpConnection connection = HttpConnection.to(lectern.port())) {
			for (int i = 0; i < readers; i++) {
				String reader = LecternDatabase.reader(i);
				Reporter reporter = new Reporter(reader, UUID.randomUUID(), signer.token(reader));
				connection.exchange(reporter.start()).expectSuccess();
				all.add(reporter);
			}
		}
		return new Reporters(all);
	}

	/** What each of them sends, without end. */
	List<Supplier<Request>> reports() {
		return this.reporters.stream().<Supplier<Request>>map((reporter) -> reporter::report).toList();
	}

	/** The same with a key in each. */
	List<Supplier<Request>> reportsWithKeys() {
		return this.reporters.stream().<Supplier<Request>>map((reporter) -> reporter::reportWithKey).toList();
	}

	private static final class Reporter {

		private final String readings;

		private final UUID reading;

		private final Map<String, String> headers;

		private int reports;

		Reporter(String reader, UUID reading, String token) {
			this.readings = "/api/v1/readers/" + reader + "/readings";
			this.reading = reading;
			this.headers = Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json");
		}

		Request start() {
			return new Request("POST", this.readings, this.headers,
					"{\"book\":\"" + BOOK + "\",\"id\":\"" + this.reading + "\"}");
		}

		Request report() {
			return report(this.headers);
		}

		Request reportWithKey() {
			return report(Map.of("Authorization", this.headers.getOrDefault("Authorization", ""), "Content-Type",
					"application/json", "Idempotency-Key", UUID.randomUUID().toString()));
		}

		private Request report(Map<String, String> with) {
			int count = this.reports++;
			String now = Instant.now().toString();
			return new Request("POST", this.readings + "/" + this.reading + "/positions", with, """
					{"fraction":0.%06d,"page":%d,"chapter":"Chapter 7","device":{"id":"bench","name":"Bench"},\
					"occurredAt":"%s","sentAt":"%s"}""".formatted(count % MILLION, count % 1000, now, now));
		}

	}

}
