package lectern.progress.canary;

import java.net.URI;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import lectern.progress.account.CanaryToken;
import lectern.progress.eventlog.CanaryEvent;
import lectern.streaming.sse.SseClient;
import lectern.streaming.sse.SseEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The private stream of the canaries' reader, through the gateway like that of any
 * client. Continues where it was interrupted.
 */
final class CanaryStream {

	private static final String PATH = "/api/v1/readers/" + CanaryEvent.READER + "/events";

	private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

	private final HttpClient client;

	private final CanaryToken token;

	private volatile @Nullable String lastId;

	CanaryStream(URI gateway, CanaryToken token) {
		this.client = HttpClient.create(ConnectionProvider.newConnection())
			.baseUrl(gateway.toString())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS);
		this.token = token;
	}

	/**
	 * Open the stream.
	 * @return cold; each subscription is a connection with a token of its own. Completes
	 * when the gateway ends the stream; fails as {@link SseClient#batches}, at the latest
	 * after 45 s of silence
	 */
	Flux<SseEvent> open() {
		return this.token.issue()
			.flatMapMany((signed) -> new SseClient(
					this.client.headers((headers) -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + signed)))
				.events(PATH, this.lastId))
			.doOnNext((event) -> this.lastId = (event.id() != null) ? event.id() : this.lastId);
	}

}
