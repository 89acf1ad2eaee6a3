package lectern.streaming.revocation;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.netty.channel.ChannelOption;
import lectern.streaming.log.BackgroundLoop;
import lectern.streaming.sse.SseClient;
import lectern.web.RevokedSessions;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows the revocations of progress-service. Each connection begins with all that still
 * matter, so there is no position to keep. While progress-service is away nothing can be
 * revoked there, and what is known stays known.
 */
public final class RevocationFollower extends BackgroundLoop {

	/** The stream sends something every two seconds. */
	private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(6);

	private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

	private static final int MAX_PAUSE_MILLIS = 500;

	private final Supplier<URI> service;

	private final SseClient client;

	private final JsonMapper mapper;

	private final RevokedSessions revokedSessions;

	private final RevocationFile file;

	private volatile boolean loaded;

	/**
	 * @param service returns the URL of progress-service for the next connection
	 * @param file keeps the revocations over a restart
	 */
	public RevocationFollower(Supplier<URI> service, JsonMapper mapper, RevokedSessions revokedSessions,
			RevocationFile file) {
		super("Ended sessions are not learned of");
		this.service = service;
		this.client = new SseClient(HttpClient.create(ConnectionProvider.newConnection())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS));
		this.mapper = mapper;
		this.revokedSessions = revokedSessions;
		this.file = file;
	}

	@Override
	protected Publisher<?> step() {
		return Flux.concat(load(), follow(), pause());
	}

	private Mono<Void> load() {
		return this.loaded ? Mono.empty() : this.file.read().doOnNext((sessions) -> {
			this.revokedSessions.add(sessions);
			this.loaded = true;
		}).then();
	}

	private Flux<SessionRevocations> follow() {
		return this.client.events(this.service.get() + SessionRevocations.PATH, null)
			.timeout(SILENCE_TIMEOUT)
			.filter((event) -> event.event() == null && event.data() != null)
			.map((event) -> this.mapper.readValue(event.dataText(), SessionRevocations.class))
			.concatMap((revocations) -> add(revocations).thenReturn(revocations));
	}

	private Mono<Void> add(SessionRevocations revocations) {
		this.revokedSessions.add(revocations.sessions());
		if (revocations.complete()) {
			this.revokedSessions.markComplete();
		}
		return revocations.sessions().isEmpty() ? Mono.empty() : this.file.write(this.revokedSessions.toMap());
	}

	/** The server has ended the stream, by its age or because it stops. */
	private static Mono<Void> pause() {
		return Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextLong(MAX_PAUSE_MILLIS))).then();
	}

}
