package lectern.gateway.upstream;

import java.time.Duration;

import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Calls each address of each service once a second; more rarely one that works and that
 * nobody uses. An address that does not respond gets no requests, one that says that it
 * cannot serve only if no other can, and one that responds again is used again.
 */
@Component
class HealthChecker implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(HealthChecker.class);

	private static final String PATH = "/healthz";

	/**
	 * How many times longer the pause is after a check of an address that is not used.
	 */
	private static final int UNUSED_FACTOR = 5;

	private static final int SERVER_ERROR = 500;

	private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final Duration MAX_IDLE = Duration.ofSeconds(30);

	private final UpstreamServices services;

	private final Duration interval;

	private @Nullable Disposable subscription;

	HealthChecker(UpstreamServices services, UpstreamSettings settings) {
		this.services = services;
		this.interval = settings.healthCheckInterval();
	}

	@Override
	public void start() {
		ConnectionProvider connections = ConnectionProvider.builder("health-checks").maxIdleTime(MAX_IDLE).build();
		HttpClient client = HttpClient.create(connections)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
			.responseTimeout(TIMEOUT);
		this.subscription = Flux.fromIterable(this.services.all())
			.flatMapIterable(UpstreamService::addresses)
			.flatMap((address) -> checks(address, client), Integer.MAX_VALUE)
			.doFinally((_) -> connections.dispose())
			.subscribe((_) -> {
			}, (failure) -> logger.error("The health of services is no longer checked", failure));
	}

	private Flux<Void> checks(ServiceAddress address, HttpClient client) {
		Outages outages = new Outages(address);
		return Mono.defer(() -> check(address, client, outages))
			.then(Mono.defer(() -> Mono.delay(pause(address))))
			.then()
			.repeat();
	}

	private Duration pause(ServiceAddress address) {
		boolean working = address.isReady() && !address.isOpen();
		if (address.takeUsed() || !working) {
			return this.interval;
		}
		Duration longer = this.interval.multipliedBy(UNUSED_FACTOR);
		return (longer.compareTo(UpstreamSettings.MAX_INTERVAL) > 0) ? UpstreamSettings.MAX_INTERVAL : longer;
	}

	private static Mono<Void> check(ServiceAddress address, HttpClient client, Outages outages) {
		return client.get()
			.uri(address.uri() + PATH)
			.responseSingle((response, content) -> content.then().thenReturn(response.status().code()))
			.doOnNext((status) -> outages.onStatus(status))
			.onErrorResume((failure) -> {
				outages.onFailure(failure);
				return Mono.empty();
			})
			.then();
	}

	@Override
	public void stop() {
		if (this.subscription != null) {
			this.subscription.dispose();
			this.subscription = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.subscription != null;
	}

	/** Counts the checks of an address that failed one after the other. */
	private static final class Outages {

		private final ServiceAddress address;

		private int failures;

		Outages(ServiceAddress address) {
			this.address = address;
		}

		/** Any response shows that the process works. */
		void onStatus(int status) {
			this.failures = 0;
			this.address.onAlive(status < SERVER_ERROR);
		}

		/** A busy machine may delay one response. */
		void onFailure(Throwable failure) {
			if (ServiceAddress.isRefused(failure)) {
				this.address.onConnectionFailure(failure);
			}
			else {
				this.failures++;
				this.address.onUnresponsive(this.failures > 1);
			}
		}

	}

}
