package lectern.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.handler.codec.http.HttpHeaders;
import org.awaitility.Awaitility;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A client of one stream that keeps what it gets. */
final class StreamClient implements AutoCloseable {

	private static final Pattern EVENT_ID = Pattern.compile("id:(\\S+)\ndata:.*\n\n");

	private final StringBuffer received = new StringBuffer();

	private final Disposable connection;

	private volatile boolean ended;

	private volatile int status;

	private StreamClient(HttpClient client, String uri, Consumer<HttpHeaders> headers) {
		this.connection = client.headers(headers).get().uri(uri).response((answer, content) -> {
			this.status = answer.status().code();
			return content.asString();
		}).doFinally((_) -> this.ended = true).subscribe(this.received::append, (_) -> {
		});
	}

	static StreamClient to(HttpClient client, String uri, Consumer<HttpHeaders> headers) {
		return new StreamClient(client, uri, headers);
	}

	StreamClient await(String text) {
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> assertThat(this.received.toString()).contains(text));
		return this;
	}

	void awaitEnd() {
		Awaitility.await().atMost(HANG_LIMIT).until(() -> this.ended);
	}

	int status() {
		Awaitility.await().atMost(HANG_LIMIT).until(() -> this.status > 0);
		return this.status;
	}

	boolean hasResponse() {
		return this.status > 0;
	}

	/** The ids of the events so far. */
	List<String> ids() {
		List<String> ids = new ArrayList<>();
		Matcher matcher = EVENT_ID.matcher(this.received);
		while (matcher.find()) {
			ids.add(matcher.group(1));
		}
		return ids;
	}

	boolean isOpen() {
		return !this.ended;
	}

	String text() {
		return this.received.toString();
	}

	@Override
	public void close() {
		this.connection.dispose();
	}

}
