package lectern.progress.log.torture;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How a writer writes. */
enum Habit {

	/** As the service does: several readers at a time, whose appends share a commit. */
	ORDINARY {
		@Override
		Flux<Void> write(Writer writer) {
			return Flux.range(0, 4).flatMap((_) -> step(writer::append, 5).repeat());
		}
	},

	/** Every other time with the transaction held open; some of those are rolled back. */
	DAWDLING {
		@Override
		Flux<Void> write(Writer writer) {
			return step(() -> random().nextBoolean() ? writer.append() : dawdle(writer), 300).repeat();
		}
	},

	/** Dawdling, and now and then it would never let go. */
	STUBBORN {
		@Override
		Flux<Void> write(Writer writer) {
			return Flux.defer(() -> step(() -> dawdle(writer), 300).repeat(random().nextInt(10, 40)))
				.concatWith(writer.dawdle(LONGER_THAN_ALLOWED, Outcome.TIMED_OUT))
				.repeat();
		}
	};

	private static final Duration LONGER_THAN_ALLOWED = Duration.ofSeconds(6);

	/** Write for as long as it is wanted; cold. */
	abstract Flux<Void> write(Writer writer);

	/** One in ten takes long, one in four is rolled back. */
	private static Mono<Void> dawdle(Writer writer) {
		Duration held = Duration.ofMillis(random().nextInt((random().nextInt(10) == 0) ? 700 : 20));
		return writer.dawdle(held, (random().nextInt(4) == 0) ? Outcome.ROLLED_BACK : Outcome.COMMITTED);
	}

	/** Write, then rest for some milliseconds. */
	private static Mono<Void> step(Supplier<Mono<Void>> write, int longestRest) {
		return Mono.defer(write)
			.then(Mono.defer(() -> Mono.delay(Duration.ofMillis(random().nextInt(longestRest)))))
			.then();
	}

	private static ThreadLocalRandom random() {
		return ThreadLocalRandom.current();
	}

}
