package lectern.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A client of one stream that records the lines it receives. */
public final class RecordingStreamClient implements AutoCloseable {

	private static final HttpClient HTTP_CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(HANG_LIMIT)
		.build();

	private final BlockingQueue<ReceivedFrame> frames = new LinkedBlockingQueue<>();

	private final String url;

	/** When the request was sent, in the time of {@link System#nanoTime()}. */
	final long requestedAt = System.nanoTime();

	private volatile InputStream content = InputStream.nullInputStream();

	private volatile boolean closed;

	private RecordingStreamClient(String url) {
		this.url = url;
	}

	/** Connect to a stream, without waiting for its answer. */
	public static RecordingStreamClient connect(String url, Map<String, String> headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/event-stream");
		headers.forEach(request::header);
		RecordingStreamClient subscriber = new RecordingStreamClient(url);
		Thread.ofVirtual().name("subscriber").start(() -> subscriber.read(request.build()));
		return subscriber;
	}

	private void read(HttpRequest request) {
		try {
			this.content = HTTP_CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
			if (this.closed) {
				this.content.close();
			}
			BufferedReader lines = new BufferedReader(new InputStreamReader(this.content, StandardCharsets.UTF_8));
			List<String> frame = new ArrayList<>();
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (!line.isEmpty()) {
					frame.add(line);
				}
				else if (!frame.isEmpty()) {
					this.frames.add(new ReceivedFrame(List.copyOf(frame), System.nanoTime()));
					frame.clear();
				}
			}
		}
		catch (IOException | InterruptedException _) {
			// The stream has ended. The frames received before are evaluated.
		}
	}

	String url() {
		return this.url;
	}

	/** The next frame of any kind. */
	public ReceivedFrame nextFrame() throws InterruptedException {
		ReceivedFrame frame = this.frames.poll(HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
		assertThat(frame).as("the next frame of " + this.url).isNotNull();
		return frame;
	}

	/** The next frame with data that is no control event. */
	public ReceivedFrame nextEvent() throws InterruptedException {
		ReceivedFrame frame = nextFrame();
		while (frame.field("data").isEmpty() || !frame.field("event").isEmpty()) {
			frame = nextFrame();
		}
		return frame;
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		this.content.close();
	}

	/**
	 * A frame as it came.
	 *
	 * @param lines without the empty one that ends it
	 * @param receivedAt by the nano clock
	 */
	public record ReceivedFrame(List<String> lines, long receivedAt) {

		/** The value of a field; empty if the frame has none. */
		public String field(String field) {
			return lines().stream()
				.filter((line) -> line.startsWith(field + ":"))
				.flatMap((line) -> Stream.of(line.substring(field.length() + 1).strip()))
				.findFirst()
				.orElse("");
		}

		String id() {
			return field("id");
		}

		/** The data as JSON. */
		public JsonNode data() {
			return JsonTrees.parse(field("data"));
		}

	}

}
