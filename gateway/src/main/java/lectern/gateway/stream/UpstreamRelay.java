package lectern.gateway.stream;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import io.netty.buffer.Unpooled;
import lectern.streaming.server.RequestedStart;
import lectern.streaming.server.SseConnection;
import lectern.streaming.server.StreamMeters;
import lectern.streaming.sse.CloseReason;
import lectern.streaming.sse.SseClient;
import lectern.streaming.sse.SseDecoder;
import lectern.streaming.sse.SseEvent;
import lectern.streaming.sse.SseFrame;
import lectern.web.TokenSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A client's connection that forwards the stream of a service. Events are forwarded
 * whole, as fast as the client takes them. If the service fails, the client stays
 * connected, and the service is called again from the last id that was forwarded.
 */
final class UpstreamRelay extends SseConnection {

	private static final long MIN_BACKOFF_MILLIS = 200;

	private static final long MAX_BACKOFF_MILLIS = 5_000;

	/** The shortest time in milliseconds between two events whose lag is recorded. */
	private static final long LAG_INTERVAL_MILLIS = 5_000;

	private final Connector connector;

	private final UpstreamCount upstreamCount;

	private final @Nullable PrivateStreamLag lag;

	/** Since when the client takes what is sent. */
	private Instant readySince = Instant.now();

	/** No lag is recorded before this time. */
	private long lagDueAt;

	/** A response that is not read yet. */
	private @Nullable UpstreamResponse response;

	/** The response that is being forwarded. */
	private @Nullable UpstreamResponse forwarded;

	/** The id from which to resume; at first where the client asked to start. */
	private @Nullable String lastId;

	private final @Nullable String openingId;

	private long backoffMillis = MIN_BACKOFF_MILLIS;

	/**
	 * @param response the service's response; null while the service is unavailable
	 * @param start where the client starts, from which to resume if the service sends no
	 * id
	 * @param lag null if the events are of the past
	 */
	UpstreamRelay(StreamMeters meters, TokenSession session, Connector connector, @Nullable UpstreamResponse response,
			RequestedStart start, UpstreamCount upstreamCount, @Nullable PrivateStreamLag lag) {
		super(meters, session);
		this.connector = connector;
		this.response = response;
		this.lastId = start.text();
		this.openingId = start.id();
		this.upstreamCount = upstreamCount;
		this.lag = lag;
	}

	/** If the service has responded, its own opening is forwarded instead. */
	@Override
	protected void onOpen() {
		if (this.response == null) {
			writeAndRelease(SseFrame.opening(this.openingId));
		}
	}

	@Override
	protected Mono<Void> feed() {
		return Mono.defer(this::relayOrReconnect).repeat().then();
	}

	private Mono<Void> relayOrReconnect() {
		UpstreamResponse current = this.response;
		if (current == null) {
			return reconnect();
		}
		this.response = null;
		SseDecoder decoder = new SseDecoder(SseClient.MAX_EVENT_BYTES);
		return current.body()
			.publishOn(Schedulers.fromExecutor(eventLoop()), 1)
			.concatMap((bytes) -> forward(decoder.decode(Unpooled.wrappedBuffer(bytes))), 0)
			.then()
			.onErrorResume((_) -> Mono.empty())
			.doOnSubscribe((_) -> {
				this.forwarded = current;
				this.upstreamCount.opened();
			})
			.doFinally((_) -> {
				this.forwarded = null;
				this.upstreamCount.closed();
				current.close();
			});
	}

	private Mono<Void> reconnect() {
		long delayMillis = ThreadLocalRandom.current().nextLong(this.backoffMillis / 2, this.backoffMillis + 1);
		this.backoffMillis = Math.min(MAX_BACKOFF_MILLIS, this.backoffMillis * 2);
		return Mono.delay(Duration.ofMillis(delayMillis))
			.then(this.connector.connect(this.lastId))
			.publishOn(Schedulers.fromExecutor(eventLoop()))
			.doOnNext(this::onResponse)
			.onErrorResume((_) -> Mono.empty())
			.then();
	}

	private void onResponse(UpstreamResponse received) {
		if (received.isStream()) {
			this.response = received;
			this.backoffMillis = MIN_BACKOFF_MILLIS;
			return;
		}
		boolean finished = received.isNoContent();
		boolean rejected = received.isRejection() && received.status() != 429;
		received.close();
		if (finished) {
			end(CloseReason.FINISHED);
		}
		else if (rejected) {
			end(reasonOfRejection(received.status()));
		}
	}

	/**
	 * A token may expire while its session goes on. The client then connects again with a
	 * renewed one.
	 */
	private CloseReason reasonOfRejection(int status) {
		return (status == 401 && !isSessionRevoked()) ? CloseReason.AGE : CloseReason.SIGNED_OUT;
	}

	/** Write events; completes when the client can take more. */
	private Mono<Void> forward(List<SseEvent> events) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		int count = 0;
		CloseReason closeReason = null;
		for (SseEvent event : events) {
			this.lastId = (event.id() != null) ? event.id() : this.lastId;
			if ("end".equals(event.event())) {
				closeReason = closeReasonOf(event);
			}
			else {
				bytes.writeBytes(event.bytes());
				count++;
			}
		}
		if (count > 0) {
			writeAndRelease(SseFrame.wrap(bytes.toByteArray(), count));
			flush();
			recordLag(events);
		}
		if (closeReason != null) {
			end(closeReason);
		}
		return isWritable() ? Mono.empty() : whenWritable().doOnSuccess((_) -> this.readySince = Instant.now());
	}

	/** The first event after a stall has waited longest. */
	private void recordLag(List<SseEvent> events) {
		if (this.lag == null || now() < this.lagDueAt) {
			return;
		}
		for (SseEvent event : events) {
			if (event.isLogEvent()) {
				this.lagDueAt = this.lag.record(event, this.readySince) ? now() + LAG_INTERVAL_MILLIS : this.lagDueAt;
				return;
			}
		}
	}

	/**
	 * The reason with which the client's connection ends too; null if the service only
	 * restarts, which the client need not notice.
	 */
	private static @Nullable CloseReason closeReasonOf(SseEvent end) {
		String data = end.dataText();
		if (data.contains("\"drain\"")) {
			return null;
		}
		return Stream.of(CloseReason.AGE, CloseReason.FINISHED, CloseReason.ERROR)
			.filter((reason) -> data.contains('"' + reason.reason() + '"'))
			.findFirst()
			.orElse(CloseReason.SIGNED_OUT);
	}

	/**
	 * Only sent while the service is silent; the service's own heartbeats have ids. A
	 * service that is frozen keeps its connections, so they are closed here.
	 */
	@Override
	protected SseFrame heartbeat() {
		UpstreamResponse current = this.forwarded;
		if (current != null && current.isReplaceable()) {
			current.close();
		}
		return SseFrame.comment();
	}

	@Override
	protected @Nullable String lastEventId() {
		return this.lastId;
	}

	/** Close a response that has not been read. */
	@Override
	protected void onClose() {
		UpstreamResponse unread = this.response;
		this.response = null;
		if (unread != null) {
			unread.close();
		}
	}

	/** Calls the service. */
	@FunctionalInterface
	interface Connector {

		/**
		 * Call the service.
		 * @param lastId the id after which to continue; null to start as the query says
		 * @return cold; fails while the service is unavailable
		 */
		Mono<UpstreamResponse> connect(@Nullable String lastId);

	}

}
