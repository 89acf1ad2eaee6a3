package lectern.progress.eventlog.torture;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How a writer appends events. */
enum WriterProfile {

	/** Like the service: concurrent appends that share commits. */
	CONCURRENT {
		@Override
		Flux<Void> write(EventWriter writer) {
			return Flux.range(0, 4).flatMap((_) -> writeThenPause(writer::append, 5).repeat());
		}
	},

	/** Every other append in a transaction that stays open; some are rolled back. */
	SLOW {
		@Override
		Flux<Void> write(EventWriter writer) {
			return writeThenPause(() -> random().nextBoolean() ? writer.append() : appendSlowly(writer), 300).repeat();
		}
	},

	/** Slow transactions, and sometimes one that exceeds the transaction timeout. */
	STALLING {
		@Override
		Flux<Void> write(EventWriter writer) {
			return Flux.defer(() -> writeThenPause(() -> appendSlowly(writer), 300).repeat(random().nextInt(5, 30)))
				.concatWith(writer.appendSlowly(OVER_TRANSACTION_LIMIT, WriteOutcome.TIMED_OUT))
				.repeat();
		}
	};

	private static final Duration OVER_TRANSACTION_LIMIT = Duration.ofSeconds(6);

	/** Append events until cancelled; cold. */
	abstract Flux<Void> write(EventWriter writer);

	/** One in ten transactions can be long, one in four is rolled back. */
	private static Mono<Void> appendSlowly(EventWriter writer) {
		Duration held = Duration.ofMillis(random().nextInt((random().nextInt(10) == 0) ? 700 : 20));
		return writer.appendSlowly(held,
				(random().nextInt(4) == 0) ? WriteOutcome.ROLLED_BACK : WriteOutcome.COMMITTED);
	}

	/** Write, then pause for a random time. */
	private static Mono<Void> writeThenPause(Supplier<Mono<Void>> write, int maxPauseMillis) {
		return Mono.defer(write)
			.then(Mono.defer(() -> Mono.delay(Duration.ofMillis(random().nextInt(maxPauseMillis)))))
			.then();
	}

	private static ThreadLocalRandom random() {
		return ThreadLocalRandom.current();
	}

}
