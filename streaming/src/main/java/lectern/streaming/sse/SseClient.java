package lectern.streaming.sse;

import java.time.Duration;
import java.util.List;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * A client of the event streams of Lectern's services. It does not reconnect: its callers
 * know from which id to resume.
 */
public final class SseClient {

	/** The request header from which a stream resumes. */
	public static final String LAST_EVENT_ID = "Last-Event-ID";

	/** The default limit of an event: a document may have 1 MiB, and grow by imports. */
	public static final int MAX_EVENT_BYTES = 4 * 1024 * 1024;

	/** The default limit of silence: services send a heartbeat every 15 s. */
	private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(45);

	private static final int PREFETCH = 4;

	private final HttpClient httpClient;

	private final int maxEventBytes;

	private final Duration silenceTimeout;

	/**
	 * With a limit of 4 MiB for an event and of 45 s for silence.
	 * @param httpClient has the base URL, headers and connections; its response timeout
	 * must not be shorter than the silence of a stream
	 */
	public SseClient(HttpClient httpClient) {
		this(httpClient, MAX_EVENT_BYTES, SILENCE_TIMEOUT);
	}

	SseClient(HttpClient httpClient, int maxEventBytes, Duration silenceTimeout) {
		this.httpClient = httpClient;
		this.maxEventBytes = maxEventBytes;
		this.silenceTimeout = silenceTimeout;
	}

	/**
	 * Read a stream event by event.
	 * @see #batches
	 */
	public Flux<SseEvent> events(String uri, @Nullable String lastEventId) {
		return batches(uri, lastEventId).flatMapIterable((events) -> events, PREFETCH);
	}

	/**
	 * Read a stream, several events at a time if they arrive together.
	 * @param uri path and query, or a whole URL in place of the base URL of the client
	 * @param lastEventId the id after which the stream starts; null to start as the query
	 * says
	 * @return cold; each subscription is one connection, read as requested and closed by
	 * a cancellation. A batch may be empty. Completes when the server ends the stream.
	 * Fails with an {@link UnexpectedStatusException} if the response is not a stream,
	 * with a {@link java.util.concurrent.TimeoutException} after too long a silence, with
	 * an {@link IllegalStateException} if an event is too large, and with an
	 * {@link java.io.IOException} if the connection fails
	 */
	public Flux<List<SseEvent>> batches(String uri, @Nullable String lastEventId) {
		return this.httpClient.headers((headers) -> setHeaders(headers, lastEventId))
			.get()
			.uri(uri)
			.response(this::decode)
			.timeout(this.silenceTimeout);
	}

	private static void setHeaders(HttpHeaders headers, @Nullable String lastEventId) {
		headers.set(HttpHeaderNames.ACCEPT, "text/event-stream");
		if (lastEventId != null) {
			headers.set(LAST_EVENT_ID, lastEventId);
		}
	}

	private Flux<List<SseEvent>> decode(HttpClientResponse response, ByteBufFlux content) {
		if (response.status().code() != 200) {
			return Flux.error(new UnexpectedStatusException(response.status().code()));
		}
		SseDecoder decoder = new SseDecoder(this.maxEventBytes);
		return content.map(decoder::decode);
	}

	/** The server responded with another status than 200. */
	public static final class UnexpectedStatusException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final int status;

		UnexpectedStatusException(int status) {
			super("The server responded with status " + status, null, false, false);
			this.status = status;
		}

		/** The HTTP status of the response. */
		public int status() {
			return this.status;
		}

	}

}
