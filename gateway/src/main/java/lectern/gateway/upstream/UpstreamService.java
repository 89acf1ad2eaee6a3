package lectern.gateway.upstream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.http.HttpHeaders;

/**
 * A service behind the gateway, with all its addresses. The addresses serve the same
 * data, so any of them can answer any request.
 */
public final class UpstreamService {

	private static final Logger logger = LoggerFactory.getLogger(UpstreamService.class);

	private static final String RETRY_AFTER_SECONDS = "2";

	private final String name;

	private final UpstreamSettings settings;

	private final List<ServiceAddress> addresses;

	private final ConcurrencyLimit limit;

	private final RetryBudget retryBudget;

	private final Counter overloads;

	private final Counter openCircuits;

	private final Counter retries;

	/**
	 * @param name for example {@code progress-service}
	 */
	UpstreamService(String name, List<ServiceAddress> addresses, UpstreamSettings settings, MeterRegistry registry) {
		this.name = name;
		this.settings = settings;
		this.addresses = List.copyOf(addresses);
		this.limit = new ConcurrencyLimit(settings.maxConcurrency(), System.nanoTime());
		this.retryBudget = new RetryBudget(settings.retryPercent(), System.nanoTime());
		this.overloads = UpstreamMeter.REJECTED.counter(registry, name, "overload");
		this.openCircuits = UpstreamMeter.REJECTED.counter(registry, name, "open");
		this.retries = UpstreamMeter.RETRIES.counter(registry, name);
		UpstreamMeter.LIMIT.gauge(registry, this.limit::limit, name);
		this.addresses.forEach((address) -> observe(address, registry));
	}

	private void observe(ServiceAddress address, MeterRegistry registry) {
		String label = address.host() + ":" + address.port();
		UpstreamMeter.OPEN.gauge(registry, () -> address.isOpen() ? 1 : 0, this.name, label);
		UpstreamMeter.READY.gauge(registry, () -> address.isReady() ? 1 : 0, this.name, label);
	}

	/** Log when an address is no longer called, and when it is called again. */
	void log(CircuitBreaker breaker) {
		breaker.getEventPublisher().onStateTransition((event) -> {
			if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
				logger.warn("{} gets no requests at {} until it responds to a health check", this.name,
						breaker.getName());
			}
			else {
				logger.info("{} gets requests at {} again", this.name, breaker.getName());
			}
		});
	}

	public String name() {
		return this.name;
	}

	List<ServiceAddress> addresses() {
		return this.addresses;
	}

	ConcurrencyLimit limit() {
		return this.limit;
	}

	UpstreamSettings settings() {
		return this.settings;
	}

	/**
	 * Begin the call of a request.
	 * @param limited whether the request counts against the limit of concurrent requests,
	 * which is for those that a service answers as fast as it can
	 */
	public UpstreamCall newCall(boolean limited) {
		this.retryBudget.onRequest(System.nanoTime());
		return new UpstreamCall(this, limited);
	}

	boolean tryRetry() {
		boolean allowed = this.retryBudget.tryRetry(System.nanoTime());
		if (allowed) {
			this.retries.increment();
		}
		return allowed;
	}

	boolean hasOtherAddress(ServiceAddress address) {
		return this.addresses.size() > 1
				&& this.addresses.stream().anyMatch((other) -> other != address && other.isReady() && !other.isOpen());
	}

	/**
	 * Choose the address of a call, and count the call there.
	 * @param failed where the call has just failed; null at first
	 * @return null if no address takes calls
	 */
	@Nullable ServiceAddress acquire(@Nullable ServiceAddress failed) {
		if (this.addresses.size() == 1) {
			ServiceAddress only = this.addresses.getFirst();
			return only.tryCall() ? only : null;
		}
		ServiceAddress best = best(failed);
		if (best.tryCall()) {
			return best;
		}
		for (ServiceAddress other : this.addresses) {
			if (other != best && other.tryCall()) {
				return other;
			}
		}
		return null;
	}

	/**
	 * Return the address for a connection that lasts, such as that of a stream. There is
	 * always one, because streams wait for a service that is unavailable.
	 */
	public ServiceAddress addressOfStream() {
		return (this.addresses.size() == 1) ? this.addresses.getFirst() : best(null);
	}

	/**
	 * Make a call of the gateway's own.
	 * @param call sends the request to an address; is sent to another one, too, if nobody
	 * listens there
	 * @return cold
	 */
	public <T> Mono<T> callDirectly(Function<ServiceAddress, Mono<T>> call) {
		return Mono.defer(() -> {
			ServiceAddress address = addressOfStream();
			return call.apply(address).doOnError((failure) -> address.onConnectionFailure(failure));
		})
			.retryWhen(Retry.max(this.addresses.size() - 1L)
				.filter(ServiceAddress::isRefused)
				.onRetryExhaustedThrow((_, signal) -> signal.failure()));
	}

	/**
	 * Return whether a stream from an address should go on at another one: connections to
	 * a service that is frozen do not break.
	 */
	public boolean isReplaceable(ServiceAddress address) {
		return address.isOpen() && hasOtherAddress(address);
	}

	/** The address that is ready and has the fewest calls; of equal ones any. */
	private ServiceAddress best(@Nullable ServiceAddress failed) {
		int offset = ThreadLocalRandom.current().nextInt(this.addresses.size());
		ServiceAddress best = this.addresses.get(offset);
		for (int i = 1; i < this.addresses.size(); i++) {
			ServiceAddress other = this.addresses.get((offset + i) % this.addresses.size());
			int difference = Integer.compare(rank(other, failed), rank(best, failed));
			if (difference < 0 || difference == 0 && other.calls() < best.calls()) {
				best = other;
			}
		}
		return best;
	}

	private static int rank(ServiceAddress address, @Nullable ServiceAddress failed) {
		return (address.isOpen() ? 4 : 0) + ((address == failed) ? 2 : 0) + (address.isReady() ? 0 : 1);
	}

	/** The problem of a service that has failed: 503. */
	public Problem failed() {
		return unavailable("could not be reached or did not complete its answer; it may be restarting. "
				+ "Try again in a moment.");
	}

	/** The problem of a service that has not answered in time: 504. */
	public Problem timedOut() {
		return Problem
			.of(ProblemType.UPSTREAM_TIMEOUT, title() + " did not answer in time. It may still process the request.")
			.withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
	}

	/** Reject a request for which no address takes calls. */
	CallRejectedException rejectByBreaker() {
		this.openCircuits.increment();
		return new CallRejectedException(
				unavailable("does not answer at the moment, so this request was not sent to it. Try again soon."));
	}

	/** Reject a request that would have to wait too long. */
	CallRejectedException rejectByLimit() {
		this.overloads.increment();
		return new CallRejectedException(
				unavailable("has more requests than it can answer. This one was not sent to it. Try again soon."));
	}

	private Problem unavailable(String detail) {
		return Problem.of(ProblemType.UNAVAILABLE, title() + " " + detail)
			.withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
	}

	/** For example {@code The progress service}. */
	private String title() {
		return "The " + this.name.replace('-', ' ');
	}

	Duration maxWait() {
		return this.settings.maxWait();
	}

}
