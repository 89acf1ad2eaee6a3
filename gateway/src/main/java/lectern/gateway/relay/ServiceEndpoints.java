package lectern.gateway.relay;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.gateway.upstream.ServiceAddress;

import org.springframework.beans.factory.DisposableBean;

/** The connections to the addresses of all services. */
final class ServiceEndpoints implements DisposableBean {

	private final Map<ServiceAddress, ServiceEndpoint> byAddress = new ConcurrentHashMap<>();

	private final RelayTimeouts timeouts;

	private final MeterRegistry registry;

	ServiceEndpoints(RelayTimeouts timeouts, MeterRegistry registry) {
		this.timeouts = timeouts;
		this.registry = registry;
	}

	/** Return the connections to an address. */
	ServiceEndpoint of(ServiceAddress address) {
		ServiceEndpoint endpoint = this.byAddress.get(address);
		return (endpoint != null) ? endpoint : this.byAddress.computeIfAbsent(address,
				(_) -> new ServiceEndpoint(address, this.timeouts, this.registry));
	}

	@Override
	public void destroy() {
		this.byAddress.values().forEach(ServiceEndpoint::closeIdleConnections);
	}

}
