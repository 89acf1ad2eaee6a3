package lectern.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A client of one stream that keeps what it gets as it comes, line by line. */
final class Subscriber implements AutoCloseable {

	private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();

	private final HttpURLConnection connection;

	/** When the request was sent, by the nano clock. */
	final long asked = System.nanoTime();

	private Subscriber(HttpURLConnection connection) {
		this.connection = connection;
	}

	static Subscriber to(String url, Map<String, String> headers) {
		try {
			HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
			connection.setConnectTimeout((int) Lectern.BOUND.toMillis());
			headers.forEach(connection::setRequestProperty);
			connection.setRequestProperty("Accept", "text/event-stream");
			Subscriber subscriber = new Subscriber(connection);
			Thread.ofVirtual().name("subscriber").start(subscriber::read);
			return subscriber;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(this.connection.getInputStream(), StandardCharsets.UTF_8))) {
			List<String> frame = new ArrayList<>();
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (!line.isEmpty()) {
					frame.add(line);
				}
				else if (!frame.isEmpty()) {
					this.frames.add(new Frame(List.copyOf(frame), System.nanoTime()));
					frame.clear();
				}
			}
		}
		catch (IOException _) {
			// The end, wished for or not; what came before it is what counts.
		}
	}

	/** The next frame, of whatever kind. */
	Frame next() throws InterruptedException {
		Frame frame = this.frames.poll(Lectern.BOUND.toMillis(), TimeUnit.MILLISECONDS);
		assertThat(frame).as("the next frame of " + this.connection.getURL()).isNotNull();
		return frame;
	}

	/** The next frame with data that is no control event. */
	Frame nextEvent() throws InterruptedException {
		Frame frame = next();
		while (frame.line("data").isEmpty() || !frame.line("event").isEmpty()) {
			frame = next();
		}
		return frame;
	}

	/** The events that have come by now; an opening and heartbeats are left out. */
	List<Frame> events() {
		List<Frame> got = new ArrayList<>();
		this.frames.drainTo(got);
		return got.stream().filter((frame) -> !frame.line("data").isEmpty()).toList();
	}

	@Override
	public void close() {
		this.connection.disconnect();
	}

	/**
	 * A frame as it came.
	 *
	 * @param lines without the empty one that ends it
	 * @param receivedAt by the nano clock
	 */
	record Frame(List<String> lines, long receivedAt) {

		/** The value of a field; empty if the frame has none. */
		String line(String field) {
			return lines().stream()
				.filter((line) -> line.startsWith(field + ":"))
				.flatMap((line) -> Stream.of(line.substring(field.length() + 1).strip()))
				.findFirst()
				.orElse("");
		}

		String id() {
			return line("id");
		}

		JsonNode data() {
			return Json.of(line("data"));
		}

	}

}
