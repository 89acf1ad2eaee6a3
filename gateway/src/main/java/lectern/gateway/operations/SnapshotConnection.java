package lectern.gateway.operations;

import lectern.streaming.server.SseConnection;
import lectern.streaming.server.StreamMeters;
import lectern.streaming.sse.SseFrame;
import lectern.web.TokenSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * An operator's connection. It takes the latest snapshot when the client has taken the
 * one before, so a slow client skips snapshots and delays no other client.
 */
final class SnapshotConnection extends SseConnection {

	private final Flux<SseFrame> snapshots;

	/**
	 * @param session the session with which the connection ends
	 * @param snapshots hot, starts with the latest snapshot; a frame may be released when
	 * the next one is emitted
	 */
	SnapshotConnection(StreamMeters meters, TokenSession session, Flux<SseFrame> snapshots) {
		super(meters, session);
		this.snapshots = snapshots;
	}

	@Override
	protected void onOpen() {
		writeAndRelease(SseFrame.opening(lastEventId()));
	}

	@Override
	protected Mono<Void> feed() {
		Scheduler eventLoop = Schedulers.fromExecutor(eventLoop());
		// Without a prefetch: a snapshot that waits would be outdated.
		return this.snapshots.onBackpressureLatest()
			.concatMap((snapshot) -> Mono.defer(() -> send(snapshot)).subscribeOn(eventLoop), 0)
			.then();
	}

	/** Write a snapshot, unless a later one exists; completes when the client took it. */
	private Mono<Void> send(SseFrame snapshot) {
		if (snapshot.retain()) {
			writeAndFlush(snapshot);
			snapshot.release();
		}
		return whenWritable();
	}

	@Override
	protected SseFrame heartbeat() {
		return SseFrame.comment();
	}

	/** The latest snapshot wins, so there is nothing to resume. */
	@Override
	protected @Nullable String lastEventId() {
		return null;
	}

	@Override
	protected void onClose() {
	}

}
