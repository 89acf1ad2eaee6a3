package lectern.gateway.upstream;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.netty.channel.ConnectTimeoutException;

/**
 * One address of a service, with the circuit breaker of the calls to it. The health check
 * decides when a breaker that is open lets calls pass again, so that no reader's request
 * has to try out a service that is frozen.
 */
public final class ServiceAddress {

	private static final int HTTP_PORT = 80;

	private final URI uri;

	private final CircuitBreaker breaker;

	private final AtomicInteger calls = new AtomicInteger();

	/** Whether it is preferred to addresses that are not. */
	private volatile boolean ready = true;

	private volatile boolean used;

	ServiceAddress(URI uri, CircuitBreaker breaker) {
		this.uri = uri;
		this.breaker = breaker;
	}

	/** The scheme, host and port. */
	public URI uri() {
		return this.uri;
	}

	public String host() {
		return this.uri.getHost();
	}

	public int port() {
		return (this.uri.getPort() >= 0) ? this.uri.getPort() : HTTP_PORT;
	}

	/** Whether no call is sent to this address. */
	public boolean isOpen() {
		return this.breaker.getState() == CircuitBreaker.State.OPEN;
	}

	/**
	 * Report that a connection could not be opened or has failed. Until the next health
	 * check, other addresses are preferred.
	 */
	public void onConnectionFailure(Throwable failure) {
		if (failure instanceof IOException) {
			this.ready = false;
		}
	}

	boolean isReady() {
		return this.ready;
	}

	/** Return whether there are calls, or were some since this was asked. */
	boolean takeUsed() {
		boolean before = this.used;
		this.used = false;
		return before || this.calls.get() > 0;
	}

	int calls() {
		return this.calls.get();
	}

	boolean tryCall() {
		if (!this.breaker.tryAcquirePermission()) {
			return false;
		}
		this.calls.incrementAndGet();
		this.used = true;
		return true;
	}

	void onResponse(long nanos) {
		this.calls.decrementAndGet();
		this.breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * Whether nobody listens at the address. That does not open the breaker: it costs
	 * nothing, and as soon as the service listens again, it can be called.
	 */
	static boolean isRefused(Throwable failure) {
		return failure instanceof ConnectException && !(failure instanceof ConnectTimeoutException);
	}

	void onFailure(long nanos, Throwable failure) {
		this.ready = false;
		if (isRefused(failure)) {
			onAbandoned();
		}
		else {
			this.calls.decrementAndGet();
			this.breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
		}
	}

	/** The call ended without a result that says something about the service. */
	void onAbandoned() {
		this.calls.decrementAndGet();
		this.breaker.releasePermission();
	}

	/**
	 * A health check got a response.
	 * @param able whether the service says that it can serve
	 */
	void onAlive(boolean able) {
		this.ready = able;
		if (isOpen()) {
			this.breaker.transitionToClosedState();
		}
	}

	/** A health check got no response. */
	void onUnresponsive(boolean repeatedly) {
		this.ready = false;
		if (repeatedly && !isOpen()) {
			this.breaker.transitionToOpenState();
		}
	}

	@Override
	public String toString() {
		return this.uri.toString();
	}

}
