package lectern.gateway.relay;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.HttpResources;

/**
 * The connections from one event loop to a service. A request uses a connection of its
 * client's event loop, so that no thread waits for another one. The number of connections
 * is not limited: it is that of the requests in progress.
 */
final class ServiceConnectionPool {

	/** Large enough for most responses to arrive in one piece. */
	private static final int MAX_CHUNK_BYTES = 64 * 1024;

	private static final Duration SHORTEST_CHECK = Duration.ofMillis(50);

	private static final int CHECKS_PER_TIMEOUT = 10;

	private final EventLoop eventLoop;

	private final RelayTimeouts timeouts;

	private final ConnectionGauges gauges;

	private final SocketAddress address;

	private final Bootstrap bootstrap;

	private final Deque<ServiceConnection> idle = new ArrayDeque<>();

	private final Set<ServiceConnection> open = new HashSet<>();

	private @Nullable Future<?> deadlineChecks;

	/**
	 * @param client a connection of a client, which determines the event loop and the
	 * kind of channel
	 */
	ServiceConnectionPool(SocketChannel client, InetSocketAddress address, RelayTimeouts timeouts,
			ConnectionGauges gauges) {
		this.eventLoop = client.eventLoop();
		this.address = address;
		this.timeouts = timeouts;
		this.gauges = gauges;
		this.bootstrap = new Bootstrap().group(this.eventLoop)
			.channelFactory(new ReflectiveChannelFactory<>(client.getClass()))
			.resolver(HttpResources.get().getOrCreateDefaultResolver())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeouts.connectMillis())
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					HttpDecoderConfig decoding = new HttpDecoderConfig().setMaxChunkSize(MAX_CHUNK_BYTES);
					channel.pipeline()
						.addLast(new HttpClientCodec(decoding, false, false),
								new ServiceConnection(ServiceConnectionPool.this, channel));
				}

			});
	}

	/** Return the connection that was released last; null if all are in use. */
	@Nullable ServiceConnection takeIdle() {
		ServiceConnection connection = this.idle.pollLast();
		if (connection != null) {
			this.gauges.idleToActive();
		}
		return connection;
	}

	/**
	 * Open a connection.
	 * @param receiver receives the connection or the failure
	 */
	void connect(BiConsumer<@Nullable ServiceConnection, @Nullable Throwable> receiver) {
		this.bootstrap.connect(this.address).addListener((ChannelFuture connecting) -> {
			if (connecting.isSuccess()) {
				ServiceConnection connection = connecting.channel().pipeline().get(ServiceConnection.class);
				add(connection);
				receiver.accept(connection, null);
			}
			else {
				receiver.accept(null, connecting.cause());
			}
		});
	}

	private void add(ServiceConnection connection) {
		this.open.add(connection);
		this.gauges.opened();
		if (this.deadlineChecks == null) {
			long period = Math.max(this.timeouts.responseNanos() / CHECKS_PER_TIMEOUT, SHORTEST_CHECK.toNanos());
			this.deadlineChecks = this.eventLoop.scheduleWithFixedDelay(this::checkDeadlines, period, period,
					TimeUnit.NANOSECONDS);
		}
	}

	private void checkDeadlines() {
		long now = System.nanoTime();
		// The copy is needed because what takes too long is removed.
		List.copyOf(this.open).forEach((connection) -> connection.checkDeadline(now));
	}

	void release(ServiceConnection connection) {
		this.idle.addLast(connection);
		this.gauges.activeToIdle();
	}

	/** Forget a connection that was closed. */
	void remove(ServiceConnection connection) {
		if (this.open.remove(connection)) {
			this.gauges.closed(this.idle.remove(connection));
		}
		if (this.open.isEmpty() && this.deadlineChecks != null) {
			this.deadlineChecks.cancel(false);
			this.deadlineChecks = null;
		}
	}

	/** Close all connections that are not in use, unless the event loop has ended. */
	void closeIdle() {
		if (!this.eventLoop.isShuttingDown()) {
			this.eventLoop.execute(() -> List.copyOf(this.idle).forEach((connection) -> connection.channel().close()));
		}
	}

	long idleDeadline() {
		return System.nanoTime() + this.timeouts.idleNanos();
	}

}
