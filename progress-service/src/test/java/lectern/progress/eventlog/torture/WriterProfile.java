package lectern.progress.eventlog.torture;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How a writer writes. */
enum WriterProfile {

	/** As the service does: several readers at a time, whose appends share a commit. */
	CONCURRENT {
		@Override
		Flux<Void> write(EventWriter writer) {
			return Flux.range(0, 4).flatMap((_) -> writeThenPause(writer::append, 5).repeat());
		}
	},

	/** Every other time with the transaction held open; some of those are rolled back. */
	SLOW {
		@Override
		Flux<Void> write(EventWriter writer) {
			return writeThenPause(() -> random().nextBoolean() ? writer.append() : appendSlowly(writer), 300).repeat();
		}
	},

	/** Dawdling, and now and then it would never let go. */
	STALLING {
		@Override
		Flux<Void> write(EventWriter writer) {
			return Flux.defer(() -> writeThenPause(() -> appendSlowly(writer), 300).repeat(random().nextInt(10, 40)))
				.concatWith(writer.appendSlowly(OVER_TRANSACTION_LIMIT, WriteOutcome.TIMED_OUT))
				.repeat();
		}
	};

	private static final Duration OVER_TRANSACTION_LIMIT = Duration.ofSeconds(6);

	/** Write for as long as it is wanted; cold. */
	abstract Flux<Void> write(EventWriter writer);

	/** One in ten takes long, one in four is rolled back. */
	private static Mono<Void> appendSlowly(EventWriter writer) {
		Duration held = Duration.ofMillis(random().nextInt((random().nextInt(10) == 0) ? 700 : 20));
		return writer.appendSlowly(held,
				(random().nextInt(4) == 0) ? WriteOutcome.ROLLED_BACK : WriteOutcome.COMMITTED);
	}

	/** Write, then rest for some milliseconds. */
	private static Mono<Void> writeThenPause(Supplier<Mono<Void>> write, int longestRest) {
		return Mono.defer(write)
			.then(Mono.defer(() -> Mono.delay(Duration.ofMillis(random().nextInt(longestRest)))))
			.then();
	}

	private static ThreadLocalRandom random() {
		return ThreadLocalRandom.current();
	}

}
