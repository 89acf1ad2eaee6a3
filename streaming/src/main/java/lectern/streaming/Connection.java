package lectern.streaming;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One subscriber: a place in the ring that moves as fast as the client reads. Behind the
 * ring it is served from the log, page by page, until it has caught up; there is no seam,
 * because the place is all there is.
 */
final class Connection<E> {

	private static final Duration HEARTBEAT = Duration.ofSeconds(15);

	private static final int BURST = 64;

	private static final int REPLAY_PAGE = 256;

	private final Live<E> log;

	private final Resume.Start start;

	private final Subscription<E> subscription;

	private final StreamMeters meters;

	private long position;

	private long lastSent;

	Connection(Live<E> log, Resume.Start start, Subscription<E> subscription, StreamMeters meters) {
		this.log = log;
		this.start = start;
		this.subscription = subscription;
		this.meters = meters;
		this.position = start.cursor().position();
	}

	/**
	 * The frames in bursts, each to be flushed once; to be subscribed to once.
	 * @param draining completes when the stream is to be ended
	 * @return without end until drained; the next burst is read when it is asked for
	 */
	Flux<List<Frame>> frames(Mono<Void> draining) {
		return Flux.concat(Mono.fromSupplier(this::opening), Mono.defer(this::next).repeat())
			.takeUntilOther(draining)
			.concatWith(Mono.fromSupplier(() -> List.of(Frame.end(between(100, 3_000), "drain"))))
			.doOnNext((burst) -> this.meters.sent(burst.size()))
			.doOnSubscribe((_) -> this.meters.opened())
			.doFinally(this.meters::closed);
	}

	private List<Frame> opening() {
		this.lastSent = now();
		Frame opening = Frame.opening(between(2_000, 5_000), this.start.cursor());
		Frame.Reset reset = this.start.reset();
		if (reset == null) {
			return List.of(opening);
		}
		this.meters.reset(reset.reason());
		return List.of(opening, Frame.reset(this.start.cursor(), reset));
	}

	/** A burst, or nothing where the log has moved on without anything wanted. */
	private Mono<List<Frame>> next() {
		long quiet = HEARTBEAT.toMillis() - (now() - this.lastSent);
		if (quiet <= 0) {
			return send(List.of(Frame.heartbeat(this.start.cursor().at(this.position))));
		}
		Mono<Void> grown = this.log.ring().grown();
		Optional<List<Ring.Slot<E>>> read = this.log.ring().after(this.position, BURST);
		if (read.isEmpty()) {
			return replay();
		}
		List<Ring.Slot<E>> slots = read.get();
		if (slots.isEmpty()) {
			return grown.timeout(Duration.ofMillis(quiet), Mono.empty()).then(Mono.empty());
		}
		this.position = slots.getLast().entry().position();
		return send(slots.stream()
			.filter((slot) -> this.subscription.wanted().test(slot.entry().event()))
			.map(Ring.Slot::frame)
			.toList());
	}

	private Mono<List<Frame>> replay() {
		long upTo = this.log.ring().last();
		this.meters.replayed();
		return this.subscription.source().read(this.position, upTo, REPLAY_PAGE).collectList().flatMap((page) -> {
			this.position = (page.size() < REPLAY_PAGE) ? upTo : page.getLast().position();
			return send(page.stream()
				.filter((entry) -> this.subscription.wanted().test(entry.event()))
				.map(this.log::frame)
				.toList());
		});
	}

	private Mono<List<Frame>> send(List<Frame> burst) {
		if (burst.isEmpty()) {
			return Mono.empty();
		}
		this.lastSent = now();
		return Mono.just(burst);
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.MILLISECONDS);
	}

	/** Drawn per connection, so that those who left together do not return together. */
	private static long between(long least, long most) {
		return ThreadLocalRandom.current().nextLong(least, most + 1);
	}

}
