package lectern.streaming;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
final class Playing<E> extends Connection {

	private static final Retry AGAIN = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500))
		.maxBackoff(Duration.ofSeconds(5))
		.transientErrors(true);

	private final Player<E> player;

	private final Playback<E> playback;

	/** The last event that has been written. */
	private long position;

	Playing(Player<E> player, Playback<E> playback) {
		super(player.meters(), playback.sessionEnd());
		this.player = player;
		this.playback = playback;
		this.position = playback.from().position();
	}

	@Override
	protected void begin() {
		writeOwn(Frame.opening(this.playback.from()));
	}

	@Override
	protected Mono<Void> feed() {
		return Mono.defer(() -> {
			Scheduler timer = Schedulers.parallel();
			long begun = timer.now(TimeUnit.MILLISECONDS);
			Tempo tempo = new Tempo(this.playback.speed(), this.playback.since());
			return new Pages().all()
				.publishOn(timer, 1)
				.map((page) -> this.player.bars(page, this.playback.to(), tempo))
				.publishOn(Schedulers.fromExecutor(loop()), 1)
				.concatMap((bars) -> Flux.fromIterable(bars).concatMap((bar) -> play(bar, begun, timer), 0), 0)
				.then(Mono.fromRunnable(this::finish));
		});
	}

	private Mono<Void> play(Bar bar, long begun, Scheduler timer) {
		long wait = begun + (long) bar.due() - timer.now(TimeUnit.MILLISECONDS);
		Mono<Void> written = Mono.defer(() -> {
			writeOwn(Frame.relayed(bar.frames(), bar.count()));
			flush();
			this.position = bar.position();
			return room();
		});
		return (wait <= 0) ? written
				: Mono.delay(Duration.ofMillis(wait), timer).publishOn(Schedulers.fromExecutor(loop())).then(written);
	}

	/** The last id is always the end, so that who comes back with it is told so. */
	private void finish() {
		if (this.position < this.playback.to().position()) {
			writeOwn(Frame.heartbeat(this.playback.to()));
		}
		end(End.FINISHED);
	}

	@Override
	protected Frame heartbeat() {
		return Frame.heartbeat(this.playback.to().at(this.position));
	}

	@Override
	protected void left() {
	}

	/** All that there is to read, each page when it is asked for. */
	private final class Pages {

		private long after = Playing.this.playback.from().position();

		private boolean last;

		Flux<List<Entry<E>>> all() {
			return Flux.<Boolean>generate((sink) -> {
				if (this.last) {
					sink.complete();
				}
				else {
					sink.next(true);
				}
			}).concatMap((_) -> Mono.defer(this::next).retryWhen(AGAIN), 0);
		}

		private Mono<List<Entry<E>>> next() {
			return Playing.this.player.page(Playing.this.playback, this.after, ended()).doOnNext((page) -> {
				this.last = page.size() < Player.PAGE;
				this.after = page.isEmpty() ? this.after : page.getLast().position();
			});
		}

	}

}
