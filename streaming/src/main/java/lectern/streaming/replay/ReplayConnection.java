package lectern.streaming.replay;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import lectern.streaming.log.EventEnvelope;
import lectern.streaming.server.SseConnection;
import lectern.streaming.sse.CloseReason;
import lectern.streaming.sse.SseFrame;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * A client's stream of a playback. While one page is written the next is made ready and
 * that after it is read, and no more than that is ever read ahead: who takes it slowly
 * slows only itself.
 */
final class ReplayConnection<E> extends SseConnection {

	private static final Retry RETRY_POLICY = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500))
		.maxBackoff(Duration.ofSeconds(5))
		.transientErrors(true);

	private final ReplayService<E> replayService;

	private final ReplayRequest<E> request;

	/** The last event that has been written. */
	private long position;

	ReplayConnection(ReplayService<E> player, ReplayRequest<E> playback) {
		super(player.meters(), playback.sessionEnd());
		this.replayService = player;
		this.request = playback;
		this.position = playback.from().position();
	}

	@Override
	protected void onOpen() {
		writeAndRelease(SseFrame.opening(this.request.from()));
	}

	@Override
	protected Mono<Void> feed() {
		return Mono.defer(() -> {
			Scheduler timer = Schedulers.parallel();
			long begun = timer.now(TimeUnit.MILLISECONDS);
			ReplayPacing tempo = new ReplayPacing(this.request.speed(), this.request.pacedFrom());
			return new ReplayPageReader().pages()
				.publishOn(timer, 1)
				.map((page) -> this.replayService.batches(page, this.request.to(), tempo))
				.publishOn(Schedulers.fromExecutor(eventLoop()), 1)
				.concatMap((bars) -> Flux.fromIterable(bars).concatMap((bar) -> writeWhenDue(bar, begun, timer), 0), 0)
				.then(Mono.fromRunnable(this::finish));
		});
	}

	private Mono<Void> writeWhenDue(ReplayBatch bar, long begun, Scheduler timer) {
		long wait = begun + (long) bar.dueMillis() - timer.now(TimeUnit.MILLISECONDS);
		Mono<Void> written = Mono.defer(() -> {
			writeAndRelease(SseFrame.wrap(bar.bytes(), bar.count()));
			flush();
			this.position = bar.position();
			return whenWritable();
		});
		return (wait <= 0) ? written
				: Mono.delay(Duration.ofMillis(wait), timer)
					.publishOn(Schedulers.fromExecutor(eventLoop()))
					.then(written);
	}

	/** The last id is always the end, so that who comes back with it is told so. */
	private void finish() {
		if (this.position < this.request.to().position()) {
			writeAndRelease(SseFrame.heartbeat(this.request.to()));
		}
		end(CloseReason.FINISHED);
	}

	@Override
	protected SseFrame heartbeat() {
		return SseFrame.heartbeat(this.request.to().at(this.position));
	}

	@Override
	protected void onClose() {
	}

	/** All that there is to read, each page when it is asked for. */
	private final class ReplayPageReader {

		private long lastReadPosition = ReplayConnection.this.request.from().position();

		private boolean lastPageRead;

		Flux<List<EventEnvelope<E>>> pages() {
			return Flux.<Boolean>generate((sink) -> {
				if (this.lastPageRead) {
					sink.complete();
				}
				else {
					sink.next(true);
				}
			}).concatMap((_) -> Mono.defer(this::nextPage).retryWhen(RETRY_POLICY), 0);
		}

		private Mono<List<EventEnvelope<E>>> nextPage() {
			return ReplayConnection.this.replayService
				.readPage(ReplayConnection.this.request, this.lastReadPosition, ended())
				.doOnNext((page) -> {
					this.lastPageRead = page.size() < ReplayService.PAGE_SIZE;
					this.lastReadPosition = page.isEmpty() ? this.lastReadPosition : page.getLast().position();
				});
		}

	}

}
