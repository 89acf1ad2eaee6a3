package lectern.launcher.training;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Work for a new Lectern like that of a busy one: readers report positions, streams
 * deliver, a curator changes a book, and visitors search and look at pages.
 */
public final class TrainingLoad {

	private static final int READERS = 16;

	/** Of visitors who follow the catalog. */
	private static final int SHARED_STREAMS = 100;

	private static final Duration WRITE_INTERVAL = Duration.ofMillis(100);

	private static final Duration VISIT_INTERVAL = Duration.ofMillis(20);

	private static final long MIN_SUCCESSES = 100;

	private static final List<String> VISITED = List.of("/", "/api/v1", "/api/v1/books?q=python",
			"/api/v1/books?q=prgramming", "/api/v1/books?q=design+of&language=en", "/api/v1/books/fluent-python",
			"/api/v1/books?limit=20", "/api/v1/topics", "/api/v1/authors", "/api/v1/paths", "/api/v1/activity",
			"/api/v1/books/no-such-book", "/api/v1/readers/admin/readings", "/docs", "/lectern.svg");

	private final URI gateway;

	private final String adminPassword;

	/**
	 * @param gateway the address of the gateway
	 * @param adminPassword the password of the account {@code admin}
	 */
	public TrainingLoad(URI gateway, String adminPassword) {
		this.gateway = gateway;
		this.adminPassword = adminPassword;
	}

	/**
	 * Work for the given time.
	 * @return the number of requests that were answered with a success
	 * @throws IOException if Lectern does not do what it is asked to
	 */
	public long run(Duration length) throws IOException, InterruptedException {
		try (TrainingClient client = new TrainingClient(this.gateway)) {
			String curator = client.signIn("admin", this.adminPassword);
			long end = System.nanoTime() + length.toNanos();
			List<Callable<Boolean>> tasks = new ArrayList<>();
			for (int stream = 0; stream < SHARED_STREAMS; stream++) {
				client.openStream("/api/v1/catalog/events", null, "Accept", "text/event-stream");
			}
			client.openStream("/api/v1/operations/events", curator, "Accept", "text/event-stream");
			client.openStream("/api/v1/activity/events", null, "Accept", "text/event-stream");
			for (int number = 0; number < READERS; number++) {
				TrainingReader reader = TrainingReader.register(client, "training-" + number);
				tasks.add(() -> repeat(end, Duration.ZERO, (_) -> reader.readOn()));
			}
			tasks.add(() -> repeat(end, WRITE_INTERVAL, (round) -> change(client, curator, round)));
			tasks.add(() -> repeat(end, VISIT_INTERVAL, (round) -> visit(client, round)));
			try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
				executor.invokeAll(tasks);
			}
			if (client.successes() < MIN_SUCCESSES) {
				throw new IOException("only " + client.successes() + " requests were answered");
			}
			return client.successes();
		}
	}

	/** Go on after failures, which a busy machine has. */
	private static boolean repeat(long end, Duration pause, Task task) throws InterruptedException {
		for (int round = 0; System.nanoTime() < end; round++) {
			try {
				task.run(round);
				LockSupport.parkNanos(pause.toNanos());
			}
			catch (IOException _) {
				LockSupport.parkNanos(WRITE_INTERVAL.toNanos());
			}
		}
		return true;
	}

	private static void change(TrainingClient client, String curator, int round)
			throws IOException, InterruptedException {
		String document = "{\"title\":\"Round " + round + "\",\"authors\":[\"A. Author\"],\"language\":\"en\"}";
		if (round == 0) {
			client.send("PUT", "/api/v1/books/training", curator, "application/json", document);
		}
		else {
			client.send("PUT", "/api/v1/books/training", curator, "application/json", document, "If-Match", "*");
		}
		if (round % 50 == 0) {
			client.send("POST", "/api/v1/imports?language=en", curator, "text/markdown",
					"### Training\n\n* [Book %d](https://example.org/%d) - A. Author\n".formatted(round, round));
			client.get("/api/v1/export", null, "Accept-Encoding", "gzip");
		}
	}

	private static void visit(TrainingClient client, int round) throws IOException, InterruptedException {
		String path = VISITED.get(round % VISITED.size());
		HttpResponse<String> response = client.get(path, null, "Accept", "text/html, application/json;q=0.9, */*;q=0.8",
				"Accept-Encoding", (round % 2 == 0) ? "gzip" : "identity");
		String entityTag = response.headers().firstValue("ETag").orElse("");
		if (!entityTag.isEmpty()) {
			client.get(path, null, "If-None-Match", entityTag);
		}
	}

	/** What is done again and again. */
	@FunctionalInterface
	private interface Task {

		void run(int round) throws IOException, InterruptedException;

	}

}
