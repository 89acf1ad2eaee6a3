package lectern.gateway.stream;

import java.util.Map;

import lectern.streaming.live.Hub;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * All shared streams. They start and stop together. The gateway is ready when each of
 * them has its latest events, and stays ready if a service becomes unavailable later.
 */
final class FanOutStreams implements SmartLifecycle, HealthIndicator {

	private static final Logger logger = LoggerFactory.getLogger(FanOutStreams.class);

	private final Map<String, FanOutStream> byPath;

	private @Nullable Disposable subscription;

	private volatile boolean filled;

	FanOutStreams(Map<String, FanOutStream> byPath) {
		this.byPath = Map.copyOf(byPath);
	}

	Map<String, FanOutStream> byPath() {
		return this.byPath;
	}

	private Iterable<Hub<UpstreamEvent>> hubs() {
		return this.byPath.values().stream().map(FanOutStream::hub).toList();
	}

	@Override
	public void start() {
		this.filled = false;
		hubs().forEach(Hub::start);
		this.subscription = Flux.fromIterable(hubs()).flatMap(Hub::filled).subscribe((_) -> {
		}, (failure) -> logger.error("Waiting for the shared streams has failed", failure), () -> this.filled = true);
	}

	@Override
	public void stop() {
		hubs().forEach(Hub::stop);
		if (this.subscription != null) {
			this.subscription.dispose();
			this.subscription = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.subscription != null;
	}

	@Override
	public Health health() {
		return this.filled ? Health.up().build() : Health.outOfService().build();
	}

}
