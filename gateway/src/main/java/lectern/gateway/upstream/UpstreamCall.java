package lectern.gateway.upstream;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One request to a service, from the moment in which it is allowed to be sent until its
 * response begins: its permit, its attempts, and whether there may be another one. Its
 * owner calls {@link #close()} at the end of the request, however it ends.
 */
public final class UpstreamCall {

	private static final int WITHOUT_PERMIT = 0;

	private static final int WITH_PERMIT = 1;

	private static final int CLOSED = 2;

	/** Full jitter: a retry waits for any time up to this, or its double. */
	private static final long RETRY_DELAY_MILLIS = 50;

	private final UpstreamService service;

	private final boolean limited;

	private final AtomicInteger state = new AtomicInteger(WITHOUT_PERMIT);

	private final AtomicReference<@Nullable ServiceAddress> current = new AtomicReference<>();

	private @Nullable ServiceAddress last;

	private volatile long attemptStart;

	private int retries;

	UpstreamCall(UpstreamService service, boolean limited) {
		this.service = service;
		this.limited = limited;
	}

	/** Allow the request to be sent, if it does not have to wait. */
	public boolean tryEnter() {
		return !this.limited || this.service.limit().tryAcquire() && takePermit();
	}

	private boolean takePermit() {
		boolean open = this.state.compareAndSet(WITHOUT_PERMIT, WITH_PERMIT);
		if (!open) {
			this.service.limit().release();
		}
		return open;
	}

	/**
	 * Wait until the request may be sent.
	 * @param executor on which the result is emitted
	 * @return cold; fails with a {@link CallRejectedException} if too many requests wait
	 * already, or if this one has waited too long
	 */
	public Mono<Void> enter(EventExecutor executor) {
		return Mono.defer(() -> tryEnter() ? Mono.empty() : Mono.create((sink) -> waitForPermit(sink, executor)));
	}

	private void waitForPermit(MonoSink<Void> sink, EventExecutor executor) {
		ConcurrencyLimit limit = this.service.limit();
		ConcurrencyLimit.Waiter waiter = () -> {
			if (takePermit()) {
				executor.execute(sink::success);
			}
		};
		if (!limit.enqueue(waiter)) {
			sink.error(this.service.rejectByLimit());
			return;
		}
		Future<?> expiry = executor.schedule(() -> {
			if (limit.dequeue(waiter)) {
				sink.error(this.service.rejectByLimit());
			}
		}, this.service.maxWait().toMillis(), TimeUnit.MILLISECONDS);
		sink.onCancel(() -> limit.dequeue(waiter));
		sink.onDispose(() -> expiry.cancel(false));
	}

	/**
	 * Begin an attempt.
	 * @return the address of the service; null if no address takes calls
	 */
	public @Nullable ServiceAddress next() {
		ServiceAddress address = this.service.acquire(this.last);
		this.current.set(address);
		this.last = address;
		this.attemptStart = System.nanoTime();
		return address;
	}

	/** Return the failure of a call for which no address takes calls. */
	public CallRejectedException rejection() {
		return this.service.rejectByBreaker();
	}

	/**
	 * Return how long the present attempt may take.
	 * @param remainingNanos the time that is left for the response
	 * @param repeatable whether the request can be sent again if this attempt fails
	 */
	public long attemptTimeoutNanos(long remainingNanos, boolean repeatable) {
		ServiceAddress address = this.last;
		boolean divided = repeatable && this.retries == 0 && address != null && maxRetries() > 0
				&& this.service.hasOtherAddress(address);
		return divided ? remainingNanos / 2 : remainingNanos;
	}

	/** The client has sent all content. The service is not blamed for the time before. */
	public void onContentSent() {
		this.attemptStart = System.nanoTime();
	}

	/** The response has begun. */
	public void onResponse() {
		ServiceAddress address = this.current.getAndSet(null);
		if (address != null) {
			long now = System.nanoTime();
			address.onResponse(now - this.attemptStart);
			if (this.limited) {
				this.service.limit().record(now - this.attemptStart, now);
			}
		}
		close();
	}

	/** The attempt has failed. */
	public void onFailure(Throwable failure) {
		ServiceAddress address = this.current.getAndSet(null);
		if (address != null) {
			address.onFailure(System.nanoTime() - this.attemptStart, failure);
		}
	}

	/**
	 * Allow another attempt, if there may be one.
	 * @return after how many milliseconds; negative if the request has failed for good
	 */
	public long retryDelayMillis() {
		if (this.retries >= maxRetries() || this.state.get() == CLOSED || !this.service.tryRetry()) {
			return -1;
		}
		long longest = RETRY_DELAY_MILLIS << this.retries;
		this.retries++;
		return ThreadLocalRandom.current().nextLong(longest + 1);
	}

	/** Return whether an attempt has failed before. */
	public boolean isRetry() {
		return this.retries > 0;
	}

	private int maxRetries() {
		return this.service.settings().maxRetries();
	}

	/** The client has left or stalled before it had sent all content. */
	public void abandon() {
		ServiceAddress address = this.current.getAndSet(null);
		if (address != null) {
			address.onAbandoned();
		}
		close();
	}

	/**
	 * End the call. An attempt that has not ended says nothing about the service, unless
	 * its client has waited for so long that the service counts as slow.
	 */
	public void close() {
		ServiceAddress address = this.current.getAndSet(null);
		if (address != null) {
			long elapsed = System.nanoTime() - this.attemptStart;
			if (elapsed < this.service.settings().slowCall().toNanos()) {
				address.onAbandoned();
			}
			else {
				address.onResponse(elapsed);
			}
		}
		if (this.state.getAndSet(CLOSED) == WITH_PERMIT) {
			this.service.limit().release();
		}
	}

}
