package lectern.catalog;

import java.util.List;
import java.util.Objects;

import lectern.web.TestApiClient;
import reactor.core.Disposable;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.ServerSentEvent;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** An open change stream, recorded from its first frame on. */
public final class RecordedStream implements AutoCloseable {

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	private final Flux<ServerSentEvent<String>> frames;

	private final Disposable connection;

	private RecordedStream(TestApiClient client, String parameters) {
		ConnectableFlux<ServerSentEvent<String>> recording = client
			.request(HttpMethod.GET, "/catalog/events" + parameters)
			.retrieve()
			.bodyToFlux(EVENT)
			.replay();
		this.frames = recording;
		this.connection = recording.connect();
	}

	/**
	 * Open a stream and wait for its first frame.
	 * @param parameters the query string with its question mark, or empty
	 */
	public static RecordedStream open(TestApiClient client, String parameters) {
		RecordedStream stream = new RecordedStream(client, parameters);
		stream.opening();
		return stream;
	}

	/** Return the first frame, which has the cursor of the connection. */
	public ServerSentEvent<String> opening() {
		return frames(1).getFirst();
	}

	/** Wait for the first frames, with or without data. */
	public List<ServerSentEvent<String>> frames(int count) {
		return Objects.requireNonNull(this.frames.take(count).collectList().block(HANG_LIMIT));
	}

	/** Wait for the first events. */
	public List<ServerSentEvent<String>> events(int count) {
		return Objects.requireNonNull(events().take(count).collectList().block(HANG_LIMIT));
	}

	/** Wait for the first events and return their data. */
	public List<JsonNode> data(int count) {
		return events(count).stream().map((event) -> JsonMapper.shared().readTree(event.data())).toList();
	}

	/** Wait for the first events and return the versions of their documents. */
	public List<Integer> versions(int count) {
		return data(count).stream().map((data) -> data.get("version").asInt()).toList();
	}

	/** All events, without the frames that have no data. */
	public Flux<ServerSentEvent<String>> events() {
		return this.frames.filter((frame) -> frame.data() != null);
	}

	@Override
	public void close() {
		this.connection.dispose();
	}

}
