package lectern.gateway;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.netty.handler.codec.http.HttpHeaders;
import lectern.streaming.sse.SseClient;
import lectern.streaming.sse.SseEvent;
import org.awaitility.Awaitility;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A client of one stream that records what it receives. */
final class StreamClient implements AutoCloseable {

	private final StringBuffer received = new StringBuffer();

	private final List<String> ids = new CopyOnWriteArrayList<>();

	private final Disposable connection;

	private volatile boolean ended;

	private volatile int status;

	private StreamClient(HttpClient client, String uri, Consumer<HttpHeaders> headers) {
		this.connection = new SseClient(client.headers(headers)).events(uri, null)
			.doOnError(SseClient.UnexpectedStatusException.class, (unexpected) -> this.status = unexpected.status())
			.doFinally((_) -> this.ended = true)
			.subscribe(this::record, (_) -> {
			});
	}

	static StreamClient to(HttpClient client, String uri, Consumer<HttpHeaders> headers) {
		return new StreamClient(client, uri, headers);
	}

	private void record(SseEvent event) {
		this.status = 200;
		if (event.isLogEvent()) {
			this.ids.add(event.id());
		}
		this.received.append(event.text());
	}

	StreamClient await(String text) {
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> assertThat(this.received.toString()).contains(text));
		return this;
	}

	void awaitEnd() {
		Awaitility.await().atMost(HANG_LIMIT).until(() -> this.ended);
	}

	/** The status of the response; of a stream only known after its first event. */
	int status() {
		Awaitility.await().atMost(HANG_LIMIT).until(this::hasResponse);
		return this.status;
	}

	boolean hasResponse() {
		return this.status > 0;
	}

	/** The ids of the events received so far. */
	List<String> ids() {
		return List.copyOf(this.ids);
	}

	boolean isOpen() {
		return !this.ended;
	}

	/** Everything received so far, in whole events. */
	String text() {
		return this.received.toString();
	}

	@Override
	public void close() {
		this.connection.dispose();
	}

}
