package lectern.gateway.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.buffer.Unpooled;
import lectern.streaming.server.SseConnection;
import lectern.streaming.server.StreamMeters;
import lectern.streaming.sse.CloseReason;
import lectern.streaming.sse.SseEvent;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A client's stream that a service feeds. What the service sends is passed on in whole
 * blocks, as fast as the client takes it. When the service goes away the client stays,
 * and the service is called again from the last id that was passed on.
 */
final class UpstreamRelay extends SseConnection {

	private static final long MIN_BACKOFF_MILLIS = 200;

	private static final long MAX_BACKOFF_MILLIS = 5_000;

	private final Connector connector;

	private final @Nullable String requestedStart;

	private final UpstreamCount upstreamCount;

	private @Nullable UpstreamResponse response;

	private @Nullable String lastId;

	private long backoffMillis = MIN_BACKOFF_MILLIS;

	/**
	 * @param call the service's answer; null while it is away
	 * @param asked where the client asked to begin; null if it did not
	 */
	UpstreamRelay(StreamMeters meters, @Nullable Instant sessionEnd, Connector dial, @Nullable UpstreamResponse call,
			@Nullable String asked, UpstreamCount count) {
		super(meters, sessionEnd);
		this.connector = dial;
		this.response = call;
		this.requestedStart = asked;
		this.upstreamCount = count;
	}

	/** The service's own opening comes first, unless it is away. */
	@Override
	protected void onOpen() {
		if (this.response == null) {
			writeAndRelease(SseFrame.opening(this.requestedStart));
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
		SseEvent.SseDecoder reader = new SseEvent.SseDecoder(ServiceEventOrigin.MAX_EVENT_BYTES);
		return current.body()
			.publishOn(Schedulers.fromExecutor(eventLoop()), 1)
			.concatMap((bytes) -> forward(reader.decode(Unpooled.wrappedBuffer(bytes))), 0)
			.then()
			.onErrorResume((_) -> Mono.empty())
			.doOnSubscribe((_) -> this.upstreamCount.opened())
			.doFinally((_) -> {
				this.upstreamCount.closed();
				current.close();
			});
	}

	private Mono<Void> reconnect() {
		long wait = ThreadLocalRandom.current().nextLong(this.backoffMillis / 2, this.backoffMillis + 1);
		this.backoffMillis = Math.min(MAX_BACKOFF_MILLIS, this.backoffMillis * 2);
		return Mono.delay(Duration.ofMillis(wait))
			.then(this.connector.connect(this.lastId))
			.publishOn(Schedulers.fromExecutor(eventLoop()))
			.doOnNext(this::onResponse)
			.onErrorResume((_) -> Mono.empty())
			.then();
	}

	private void onResponse(UpstreamResponse answer) {
		if (answer.isStream()) {
			this.response = answer;
			this.backoffMillis = MIN_BACKOFF_MILLIS;
			return;
		}
		boolean refused = answer.isRejection() && answer.status() != 429;
		boolean over = answer.isNoContent();
		answer.close();
		if (over) {
			end(CloseReason.FINISHED);
		}
		else if (refused) {
			end(CloseReason.SIGNED_OUT);
		}
	}

	/** Completes when the client can take more. */
	private Mono<Void> forward(List<SseEvent> blocks) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		int passed = 0;
		CloseReason end = null;
		for (SseEvent block : blocks) {
			if ("end".equals(block.event())) {
				end = closeReasonOf(block);
			}
			else {
				bytes.writeBytes(block.bytes());
				passed++;
				this.lastId = (block.id() != null) ? block.id() : this.lastId;
			}
		}
		if (passed > 0) {
			writeAndRelease(SseFrame.wrap(bytes.toByteArray(), passed));
			flush();
		}
		if (end != null) {
			end(end);
		}
		return whenWritable();
	}

	/** A service that only restarts is none of the client's concern. */
	private static @Nullable CloseReason closeReasonOf(SseEvent block) {
		String data = (block.data() != null) ? new String(block.data(), StandardCharsets.UTF_8) : "";
		if (data.contains("\"drain\"")) {
			return null;
		}
		return data.contains("\"age\"") ? CloseReason.AGE
				: data.contains("\"finished\"") ? CloseReason.FINISHED : CloseReason.SIGNED_OUT;
	}

	/** The service has its own; this one tells that at least we are here. */
	@Override
	protected SseFrame heartbeat() {
		return SseFrame.comment();
	}

	/** What was answered and never read. */
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
		 * @param lastId where to go on; null to begin where the client asked to
		 * @return cold; fails while the service is away
		 */
		Mono<UpstreamResponse> connect(@Nullable String lastId);

	}

}
