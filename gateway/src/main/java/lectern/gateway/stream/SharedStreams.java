package lectern.gateway.stream;

import java.util.Map;

import lectern.streaming.Hub;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * All shared streams. They begin and stop together, and we are ready when each of them
 * has its latest events: then a service that goes away is no reason not to be.
 */
final class SharedStreams implements SmartLifecycle, HealthIndicator {

	private final Map<String, SharedStream> byPath;

	private @Nullable Disposable filling;

	private volatile boolean filled;

	SharedStreams(Map<String, SharedStream> byPath) {
		this.byPath = Map.copyOf(byPath);
	}

	Map<String, SharedStream> byPath() {
		return this.byPath;
	}

	private Iterable<Hub<UpstreamEvent>> hubs() {
		return this.byPath.values().stream().map(SharedStream::hub).toList();
	}

	@Override
	public void start() {
		this.filled = false;
		hubs().forEach(Hub::start);
		this.filling = Flux.fromIterable(hubs()).flatMap(Hub::filled).subscribe((_) -> {
		}, (_) -> {
		}, () -> this.filled = true);
	}

	@Override
	public void stop() {
		hubs().forEach(Hub::stop);
		if (this.filling != null) {
			this.filling.dispose();
			this.filling = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.filling != null;
	}

	@Override
	public Health health() {
		return this.filled ? Health.up().build() : Health.outOfService().build();
	}

}
