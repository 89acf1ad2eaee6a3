package lectern.progress.canary;

import java.time.Duration;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/**
 * Stands between a service and its canary in place of the gateway. It passes everything
 * on, but only while it is open.
 */
final class CuttableProxy implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

	private final DisposableServer server;

	private volatile int servicePort;

	CuttableProxy() {
		this.server = TcpServer.create()
			.host("127.0.0.1")
			.port(0)
			.channelGroup(this.connections)
			.handle(this::forward)
			.bindNow(TIMEOUT);
	}

	String url() {
		return "http://127.0.0.1:" + this.server.port();
	}

	/** Pass connections on to a service from now on. */
	void open(int port) {
		this.servicePort = port;
	}

	/** Cut all connections, and accept no more. */
	void cut() {
		this.servicePort = 0;
		this.connections.close();
	}

	private Mono<Void> forward(NettyInbound received, NettyOutbound sent) {
		return (this.servicePort == 0) ? Mono.empty()
				: TcpClient.newConnection()
					.host("127.0.0.1")
					.port(this.servicePort)
					.connect()
					.flatMap((service) -> join(service, received, sent));
	}

	private static Mono<Void> join(Connection service, NettyInbound received, NettyOutbound sent) {
		Mono<Void> requests = service.outbound().send(received.receive().retain()).then();
		Mono<Void> responses = sent.send(service.inbound().receive().retain(), (_) -> true).then();
		return Mono.firstWithSignal(requests, responses).doFinally((_) -> service.dispose());
	}

	@Override
	public void close() {
		cut();
		this.server.disposeNow(TIMEOUT);
	}

}
