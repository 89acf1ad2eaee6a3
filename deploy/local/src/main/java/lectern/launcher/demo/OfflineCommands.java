package lectern.launcher.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The commands of a reader whose device was offline. The same commands get the same keys
 * and ids, so nothing is stored twice when they are sent again.
 */
final class OfflineCommands {

	private final String prefix;

	private final UnaryOperator<String> bookIds;

	private final List<Map<String, Object>> lines = new ArrayList<>();

	/**
	 * @param prefix what the keys begin with, different from that of any other list of
	 * the reader
	 * @param bookIds gives each book the id that it has in the catalog
	 */
	OfflineCommands(String prefix, UnaryOperator<String> bookIds) {
		this.prefix = prefix;
		this.bookIds = bookIds;
	}

	/**
	 * Start a book.
	 * @param edition its ISBN or label; null if the reader names none
	 * @return the id of the reading
	 */
	String start(String book, @Nullable String edition, Instant at) {
		String id = UUID.nameUUIDFromBytes((this.prefix + "/" + book + "/" + at).getBytes(StandardCharsets.UTF_8))
			.toString();
		Map<String, Object> line = add("start", at);
		line.put("book", this.bookIds.apply(book));
		line.put("id", id);
		if (edition != null) {
			line.put("edition", edition);
		}
		return id;
	}

	/**
	 * Report a position.
	 * @param pages the pages of the edition; 0 to report none
	 */
	void report(String reading, double fraction, int pages, DemoDevice device, Instant at) {
		Map<String, Object> line = add("report", at);
		line.put("reading", reading);
		line.put("fraction", Math.round(fraction * 10_000) / 10_000.0);
		if (pages > 0) {
			line.put("page", Math.max(1, (int) Math.round(fraction * pages)));
		}
		line.put("device", device.content());
	}

	void finish(String reading, Instant at) {
		add("finish", at).put("reading", reading);
	}

	void abandon(String reading, Instant at) {
		add("abandon", at).put("reading", reading);
	}

	void plan(String reading, Instant finishBy, Instant at) {
		Map<String, Object> line = add("plan", at);
		line.put("reading", reading);
		line.put("finishBy", finishBy);
	}

	/** Go back to where the reader was at an earlier time. */
	void restore(String reading, Instant to, Instant at) {
		Map<String, Object> line = add("restore", at);
		line.put("reading", reading);
		line.put("to", to.toString());
		line.put("axis", "occurred");
	}

	private Map<String, Object> add(String type, Instant at) {
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("key", this.prefix + "-" + (this.lines.size() + 1));
		line.put("type", type);
		line.put("occurredAt", at);
		this.lines.add(line);
		return line;
	}

	/** Return the commands, as they are sent but for {@code sentAt}. */
	List<Map<String, Object>> lines() {
		return this.lines;
	}

	/**
	 * Send the commands and wait until all are stored.
	 * @throws DemoException if some were refused
	 */
	void send(DemoSession session, StopSignal stop) throws InterruptedException {
		for (int attempt = 1;; attempt++) {
			DemoResponse response = session.send(DemoRequest.postLines(session.path("/commands"), content()));
			List<DemoResponse> refused = refused(response);
			if (refused.isEmpty()) {
				return;
			}
			// progress-service learns of a new book a moment after the catalog.
			if (attempt == 10 || refused.stream().noneMatch((line) -> line.isProblem("unknown-book"))) {
				throw new DemoException("Some of what " + session.handle() + " has read was refused ("
						+ refused.getFirst().failure() + ").");
			}
			stop.pause(Duration.ofMillis(300L * attempt));
		}
	}

	private String content() {
		Instant sentAt = Instant.now();
		return this.lines.stream().map((line) -> {
			Map<String, Object> sent = new LinkedHashMap<>(line);
			sent.put("sentAt", sentAt);
			return DemoJson.write(sent) + "\n";
		}).collect(Collectors.joining());
	}

	/** Return the problems of refused lines, or that of the whole list. */
	private static List<DemoResponse> refused(DemoResponse response) {
		if (!response.isSuccess()) {
			return List.of(response);
		}
		return response.content()
			.lines()
			.map(DemoJson::read)
			.filter((line) -> line.has("problem"))
			.map((line) -> new DemoResponse(line.path("problem").path("status").asInt(), Duration.ZERO,
					line.path("problem").toString()))
			.toList();
	}

}
