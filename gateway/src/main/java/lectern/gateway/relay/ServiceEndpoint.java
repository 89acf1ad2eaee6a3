package lectern.gateway.relay;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import lectern.gateway.upstream.ServiceAddress;

/** The connections to an address of a service, by event loop. */
final class ServiceEndpoint {

	private static final int HTTP_PORT = 80;

	private final InetSocketAddress address;

	private final String host;

	private final RelayTimeouts timeouts;

	private final ConnectionGauges gauges;

	private final Map<EventLoop, ServiceConnectionPool> pools = new ConcurrentHashMap<>();

	ServiceEndpoint(ServiceAddress service, RelayTimeouts timeouts, MeterRegistry registry) {
		int port = service.port();
		// The name is resolved when a connection is opened, without blocking.
		this.address = InetSocketAddress.createUnresolved(service.host(), port);
		this.host = (port == HTTP_PORT) ? service.host() : service.host() + ":" + port;
		this.timeouts = timeouts;
		this.gauges = new ConnectionGauges(service.host() + ":" + port, registry);
	}

	/** Return the value of the header {@code Host}. */
	String host() {
		return this.host;
	}

	/**
	 * Return the connections of an event loop.
	 * @param client a client's channel on that event loop; for HTTP/2 that of a stream
	 */
	ServiceConnectionPool pool(Channel client) {
		ServiceConnectionPool pool = this.pools.get(client.eventLoop());
		return (pool != null) ? pool : this.pools.computeIfAbsent(client.eventLoop(),
				(_) -> new ServiceConnectionPool(socketOf(client), this.address, this.timeouts, this.gauges));
	}

	private static SocketChannel socketOf(Channel channel) {
		return (channel instanceof SocketChannel socket) ? socket : socketOf(channel.parent());
	}

	void closeIdleConnections() {
		this.pools.values().forEach(ServiceConnectionPool::closeIdle);
	}

}
