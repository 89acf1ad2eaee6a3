package lectern.gateway.operations;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One connection of somebody who watches. It takes the latest snapshot when the one
 * before it has left, so one that reads slowly skips some and keeps none waiting.
 */
final class SnapshotStream {

	private final Flux<byte[]> snapshots;

	private final Flux<Void> polling;

	private final Sinks.Empty<Void> ended = Sinks.empty();

	private byte[] lastSent = new byte[0];

	/**
	 * @param snapshots as frames, the latest first to each that subscribes
	 * @param asking what keeps them coming
	 */
	SnapshotStream(Flux<byte[]> snapshots, Flux<Void> asking) {
		this.snapshots = snapshots;
		this.polling = asking;
	}

	/**
	 * The frames, each chosen only when it is subscribed to; to be subscribed to once,
	 * and the frames one after the other.
	 * @param age after which it ends
	 * @param draining completes when it is to be ended before
	 */
	Flux<Mono<byte[]>> frames(Duration age, Mono<Void> draining) {
		Mono<String> end = Mono.firstWithSignal(Mono.delay(age).thenReturn("age"), draining.thenReturn("drain"));
		return Flux.defer(() -> {
			Sinks.One<String> reason = Sinks.one();
			Flux<Mono<byte[]>> until = Mono.just(nextSnapshot())
				.repeat()
				.takeUntilOther(this.polling)
				.takeUntilOther(end.doOnNext(reason::tryEmitValue))
				// Not before: what repeats must have stopped when those to come turn
				// empty.
				.doOnComplete(this.ended::tryEmitEmpty);
			return Flux.concat(Mono.just(Mono.just(opening())), until,
					reason.asMono().map(SnapshotStream::endEvent).map(Mono::just));
		});
	}

	/**
	 * Completes when the stream has been ended and only what was sent may not be read.
	 */
	Mono<Void> ended() {
		return this.ended.asMono();
	}

	private Mono<byte[]> nextSnapshot() {
		return this.snapshots.filter((snapshot) -> snapshot != this.lastSent)
			.next()
			.doOnNext((snapshot) -> this.lastSent = snapshot)
			.takeUntilOther(this.ended.asMono());
	}

	/** The first bytes: whoever asked learns at once that it is answered. */
	private static byte[] opening() {
		return frame("retry:" + randomBetween(2_000, 5_000) + "\n:lectern\n\n");
	}

	private static byte[] endEvent(String reason) {
		long retry = reason.equals("age") ? randomBetween(100, 1_000) : randomBetween(100, 3_000);
		return frame("retry:" + retry + "\n\nevent:end\ndata:{\"reason\":\"" + reason + "\"}\n\n");
	}

	private static byte[] frame(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** Drawn per connection, so that those who left together do not return together. */
	private static long randomBetween(long least, long most) {
		return ThreadLocalRandom.current().nextLong(least, most + 1);
	}

}
