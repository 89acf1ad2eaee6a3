package lectern.gateway.relay;

import java.util.Map;
import java.util.Objects;

import org.springframework.beans.factory.DisposableBean;

/** The services that the routes of the short way lead to. */
final class ServiceEndpoints implements DisposableBean {

	private final Map<RelayRoute, ServiceEndpoint> byRoute;

	ServiceEndpoints(Map<RelayRoute, ServiceEndpoint> byRoute) {
		this.byRoute = Map.copyOf(byRoute);
	}

	/**
	 * Return the service of a route.
	 * @param route a route of the short way
	 */
	ServiceEndpoint of(RelayRoute route) {
		return Objects.requireNonNull(this.byRoute.get(route));
	}

	@Override
	public void destroy() {
		this.byRoute.values().forEach(ServiceEndpoint::closeIdleConnections);
	}

}
