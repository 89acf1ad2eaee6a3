package lectern.launcher.training;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/** A reader whose app reports positions, and now and then asks for more. */
final class TrainingReader {

	private static final String BOOK = "fluent-python";

	private static final int READ_INTERVAL = 25;

	private static final int LIST_INTERVAL = 100;

	private static final int LIST_LINES = 20;

	private static final int STEPS = 1_000_000;

	private final TrainingClient client;

	private final String home;

	private final UUID id = UUID.randomUUID();

	private final String reading;

	private final String token;

	private int reports;

	private TrainingReader(TrainingClient client, String handle, String token) {
		this.client = client;
		this.home = "/api/v1/readers/" + handle;
		this.reading = this.home + "/readings/" + this.id;
		this.token = token;
	}

	/** Register a reader, who begins to read and opens the private stream. */
	static TrainingReader register(TrainingClient client, String handle) throws IOException, InterruptedException {
		String password = UUID.randomUUID().toString();
		client.post("/api/v1/readers", null,
				"{\"reader\":\"" + handle + "\",\"name\":\"Reader\",\"password\":\"" + password + "\"}");
		TrainingReader reader = new TrainingReader(client, handle, client.signIn(handle, password));
		client.post(reader.home + "/readings", reader.token,
				"{\"book\":\"" + BOOK + "\",\"id\":\"" + reader.id + "\"}");
		client.openStream(reader.home + "/events", reader.token, "Accept", "text/event-stream");
		return reader;
	}

	/** Report the next position; other requests at some of the reports. */
	void readOn() throws IOException, InterruptedException {
		int count = this.reports++;
		String report = "{" + position(count) + "}";
		if (count % 4 == 0) {
			this.client.post(this.reading + "/positions", this.token, report, "Idempotency-Key",
					UUID.randomUUID().toString());
		}
		else {
			this.client.post(this.reading + "/positions", this.token, report);
		}
		if (count % READ_INTERVAL == 0) {
			look(count / READ_INTERVAL);
		}
		if (count % LIST_INTERVAL == 0) {
			sendList(count);
		}
	}

	private void look(int number) throws IOException, InterruptedException {
		switch (number % 8) {
			case 0 -> get("/readings?order=recent");
			case 1 -> this.client.get(this.reading, this.token);
			case 2 -> this.client.get(this.reading + "/history?limit=50", this.token, "Accept-Encoding", "gzip");
			case 3 -> this.client.get(this.reading + "/forecast", this.token);
			case 4 -> get("/statistics");
			case 5 -> this.client.get(this.reading + "?asOf=" + Instant.now().minusSeconds(5), this.token);
			case 6 -> {
				this.client.post(this.reading + "/finish", this.token, "{}");
				this.client.post(this.reading + "/reopen", this.token, "{}");
			}
			default -> get("/replay?speed=max&limit=20");
		}
	}

	private void get(String path) throws IOException, InterruptedException {
		this.client.get(this.home + path, this.token);
	}

	/** Send what a device has recorded that was offline. */
	private void sendList(int count) throws IOException, InterruptedException {
		StringBuilder lines = new StringBuilder();
		for (int line = 0; line < LIST_LINES; line++) {
			lines.append("{\"key\":\"%d-%d\",\"type\":\"report\",\"reading\":\"%s\",%s}%n".formatted(count, line,
					this.id, position(count)));
		}
		this.client.send("POST", this.home + "/commands", this.token, "application/x-ndjson", lines.toString());
	}

	private static String position(int count) {
		Instant now = Instant.now();
		String sixDigits = Integer.toString(STEPS + count % STEPS).substring(1);
		return "\"fraction\":0." + sixDigits + ",\"page\":" + count % 1000
				+ ",\"chapter\":\"Chapter 7\",\"device\":{\"id\":\"phone\",\"name\":\"Phone\"},\"occurredAt\":\"" + now
				+ "\",\"sentAt\":\"" + now + "\"";
	}

}
