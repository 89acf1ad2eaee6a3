package lectern.streaming.replay;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import lectern.streaming.log.EventJsonEncoder;
import lectern.streaming.server.SseConnection;
import lectern.streaming.server.StreamMeters;
import lectern.streaming.sse.CloseReason;
import lectern.streaming.sse.SseFrame;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A client's connection to a replay. While one page is written, the next is encoded and
 * the one after it is read, and nothing more is read ahead: a slow client slows down only
 * its own replay.
 */
final class ReplayConnection<E> extends SseConnection {

	private final ReplayPageReader<E> pageReader;

	private final EventJsonEncoder<E> encoder;

	private final ReplayRequest<E> request;

	/** The position of the last event written. */
	private long position;

	ReplayConnection(StreamMeters meters, ReplayPageReader<E> pageReader, EventJsonEncoder<E> encoder,
			ReplayRequest<E> request) {
		super(meters, request.session());
		this.pageReader = pageReader;
		this.encoder = encoder;
		this.request = request;
		this.position = request.from().position();
	}

	@Override
	protected void onOpen() {
		writeAndRelease(SseFrame.opening(this.request.from()));
	}

	@Override
	protected Mono<Void> feed() {
		return Mono.defer(() -> {
			Scheduler timer = Schedulers.parallel();
			long startMillis = timer.now(TimeUnit.MILLISECONDS);
			ReplayPacing pacing = new ReplayPacing(this.request.speed(), this.request.pacedFrom());
			return this.pageReader.pages(this.request, ended())
				.publishOn(timer, 1)
				.map((page) -> ReplayBatch.of(page, this.request.to(), this.encoder, pacing))
				.publishOn(Schedulers.fromExecutor(eventLoop()), 1)
				.concatMap((batches) -> Flux.fromIterable(batches)
					.concatMap((batch) -> writeWhenDue(batch, startMillis, timer), 0), 0)
				.then(Mono.fromRunnable(this::finish));
		});
	}

	private Mono<Void> writeWhenDue(ReplayBatch batch, long startMillis, Scheduler timer) {
		long delay = startMillis + (long) batch.dueMillis() - timer.now(TimeUnit.MILLISECONDS);
		Mono<Void> write = Mono.defer(() -> {
			writeAndRelease(SseFrame.wrap(batch.bytes(), batch.count()));
			flush();
			this.position = batch.position();
			return whenWritable();
		});
		return (delay <= 0) ? write
				: Mono.delay(Duration.ofMillis(delay), timer)
					.publishOn(Schedulers.fromExecutor(eventLoop()))
					.then(write);
	}

	/**
	 * The last id is always the end, so that a reconnect with it is answered with 204.
	 */
	private void finish() {
		this.position = this.request.to().position();
		end(CloseReason.FINISHED);
	}

	@Override
	protected SseFrame heartbeat() {
		return SseFrame.heartbeat(lastEventId());
	}

	@Override
	protected String lastEventId() {
		return this.request.to().at(this.position).toString();
	}

	@Override
	protected void onClose() {
	}

}
