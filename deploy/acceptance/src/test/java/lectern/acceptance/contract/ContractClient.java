package lectern.acceptance.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;
import lectern.bench.http.TextResponse;
import lectern.web.openapi.DocumentedAnswers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client with a token and one connection. It compares every answer with the OpenAPI
 * document, and repeats some of its commands with their keys. Not thread-safe.
 */
final class ContractClient implements AutoCloseable {

	private static final int TRACE_LENGTH = 40;

	private final HttpConnection connection;

	private final String token;

	private final Random random;

	private final Deque<String> trace = new ArrayDeque<>();

	/** The answers of commands with a key. */
	private final List<KeyedCommand> keyed = new ArrayList<>();

	/** The cursors of all changes, in the order in which they were made. */
	private final List<String> cursors = new ArrayList<>();

	ContractClient(int port, String token, Random random) throws IOException {
		this.connection = HttpConnection.connect(port);
		this.token = token;
		this.random = random;
	}

	ContractAnswer get(String path) throws IOException {
		return send("GET", path, Map.of(), null);
	}

	ContractAnswer send(String method, String path, Map<String, String> headers, Object content) throws IOException {
		Map<String, String> all = new LinkedHashMap<>(headers);
		all.put("Authorization", "Bearer " + this.token);
		String text = (content != null) ? JsonMapper.shared().writeValueAsString(content) : "";
		if (content != null) {
			all.put("Content-Type", "application/json");
		}
		String request = method + " " + path + " " + headers + " " + text;
		TextResponse response = this.connection.exchange(new TextRequest(method, path, all, text));
		ContractAnswer answer = new ContractAnswer(request, response);
		this.trace.addLast(request + " -> " + answer.status() + " " + answer.cursor() + " " + answer.header("ETag"));
		if (this.trace.size() > TRACE_LENGTH) {
			this.trace.removeFirst();
		}
		HttpHeaders received = new HttpHeaders();
		response.head().headers().forEach(received::add);
		assertThat(DocumentedAnswers.checkedIn()
			.faults(method, path, answer.status(), received, response.body().getBytes(StandardCharsets.UTF_8)))
			.as(answer::toString)
			.isEmpty();
		return answer;
	}

	/** Send a command with a new key. */
	ContractAnswer command(String path, Map<String, String> headers, Object content) throws IOException {
		Map<String, String> all = new LinkedHashMap<>(headers);
		String key = new UUID(this.random.nextLong(), this.random.nextLong()).toString();
		all.put("Idempotency-Key", key);
		ContractAnswer answer = send("POST", path, all, content);
		assertThat(answer.header("Idempotency-Replayed")).as(answer::toString).isEmpty();
		if (answer.status() < 300) {
			this.keyed.add(new KeyedCommand(path, all, content, answer));
		}
		return answer;
	}

	/** Repeat an earlier command, which changes nothing and gets the same answer. */
	void repeatCommand() throws IOException {
		if (this.keyed.isEmpty()) {
			return;
		}
		KeyedCommand first = this.keyed.get(this.random.nextInt(this.keyed.size()));
		if (this.random.nextInt(4) == 0) {
			send("POST", first.path(), first.headers(), Map.of("occurredAt", "2026-01-31T12:00:00Z", "book", "another",
					"fraction", 0.111, "to", "start", "undo", "start", "title", "Another"))
				.assertStatus(422);
			return;
		}
		ContractAnswer again = send("POST", first.path(), first.headers(), first.content());
		ContractAnswer before = first.answer();
		again.assertStatus(before.status());
		assertThat(again.header("Idempotency-Replayed")).as(again::toString).isEqualTo("true");
		assertThat(again.json()).as("%s as before: %s", again, before).isEqualTo(before.json());
		for (String header : List.of("Cursor", "ETag", "Location")) {
			assertThat(again.header(header)).as("%s of %s as before: %s", header, again, before)
				.isEqualTo(before.header(header));
		}
	}

	/** Remember the cursor of a change that was made. */
	void addCursor(ContractAnswer change) {
		assertThat(change.cursor()).as(change::toString).isNotEmpty();
		this.cursors.add(change.cursor());
	}

	List<String> cursors() {
		return List.copyOf(this.cursors);
	}

	String lastCursor() {
		return this.cursors.isEmpty() ? "" : this.cursors.getLast();
	}

	/** Return the latest requests, one on each line. */
	String trace() {
		return String.join("\n", this.trace);
	}

	@Override
	public void close() throws IOException {
		this.connection.close();
	}

	/** A command that was accepted. */
	private record KeyedCommand(String path, Map<String, String> headers, Object content, ContractAnswer answer) {
	}

}
