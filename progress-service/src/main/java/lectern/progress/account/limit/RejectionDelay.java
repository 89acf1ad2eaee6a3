package lectern.progress.account.limit;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Mono;

/**
 * Delays rejections. A client that tries again as soon as it is rejected would otherwise
 * take as much CPU as there is, just by being rejected. Only so many rejections are
 * delayed at once, because each of them holds a request and its connection.
 */
public final class RejectionDelay {

	static final int MAX_DELAYED = 2_000;

	/** The shortest delay. */
	private final Duration delay;

	private final AtomicInteger delayed = new AtomicInteger();

	public RejectionDelay(Duration delay) {
		this.delay = delay;
	}

	/**
	 * Fail after the delay, or after up to twice as long.
	 * @return cold
	 */
	public <T> Mono<T> reject(RuntimeException rejection) {
		return Mono.defer(() -> {
			if (this.delayed.incrementAndGet() > MAX_DELAYED) {
				this.delayed.decrementAndGet();
				return Mono.error(rejection);
			}
			return Mono.delay(randomDelay())
				.then(Mono.<T>error(rejection))
				.doFinally((_) -> this.delayed.decrementAndGet());
		});
	}

	/**
	 * With equal delays, clients that were rejected together would return together for
	 * ever, and other requests would wait behind all of them.
	 */
	private Duration randomDelay() {
		return this.delay.plusNanos((long) (this.delay.toNanos() * ThreadLocalRandom.current().nextDouble()));
	}

}
