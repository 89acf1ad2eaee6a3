package lectern.bench.crowd;

import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.IntegerUnixChannelOption;

/** An event loop and the state that its subscribers share. */
final class CrowdEventLoop {

	private static final int IPPROTO_TCP = 6;

	private static final int TCP_MAXSEG = 2;

	private static final int SMALL_RECEIVE_BUFFER = 4 * 1024;

	/**
	 * Limits the segment size: segments of the loopback interface are larger than a small
	 * receive buffer, so no data would arrive.
	 */
	private static final ChannelOption<Integer> MAX_SEGMENT_SIZE = new IntegerUnixChannelOption("TCP_MAXSEG",
			IPPROTO_TCP, TCP_MAXSEG);

	private static final int ETHERNET_SEGMENT_BYTES = 1_448;

	private static final int CONNECT_TIMEOUT_MILLIS = 30_000;

	final CrowdPlan plan;

	final CrowdCounters counters;

	final CrowdListener listener;

	final SharedReceiveBuffer receiveBuffer = new SharedReceiveBuffer();

	private final EventLoop eventLoop;

	private final SocketTransport transport;

	private volatile boolean closing;

	CrowdEventLoop(CrowdPlan plan, CrowdCounters counters, CrowdListener listener, EventLoop eventLoop,
			SocketTransport transport) {
		this.plan = plan;
		this.counters = counters;
		this.listener = listener;
		this.eventLoop = eventLoop;
		this.transport = transport;
	}

	void execute(Runnable task) {
		this.eventLoop.execute(task);
	}

	/** Connect a subscriber to the server from the source address of its plan. */
	void connect(CrowdSubscriber subscriber) {
		if (this.closing) {
			return;
		}
		CrowdConnection connection = new CrowdConnection(subscriber, this);
		Bootstrap bootstrap = new Bootstrap().group(this.eventLoop)
			.channel(this.transport.channelType())
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
			.option(ChannelOption.RECVBUF_ALLOCATOR, this.receiveBuffer)
			.handler(connection);
		ReadRate readRate = subscriber.readRate();
		if (readRate.isLimited()) {
			bootstrap.option(ChannelOption.SO_RCVBUF, SMALL_RECEIVE_BUFFER)
				.option(ChannelOption.AUTO_READ, false)
				.option(ChannelOption.RECVBUF_ALLOCATOR,
						new FixedRecvByteBufAllocator(readRate.bytesPerRead()).maxMessagesPerRead(1));
			if (Epoll.isAvailable()) {
				bootstrap.option(MAX_SEGMENT_SIZE, ETHERNET_SEGMENT_BYTES);
			}
		}
		ChannelFuture connected = bootstrap.connect(new InetSocketAddress("127.0.0.1", this.plan.port()),
				new InetSocketAddress(this.plan.sourceAddress(subscriber.index()), 0));
		connected.addListener((_) -> {
			if (!connected.isSuccess()) {
				this.counters.connectFailures.increment();
				scheduleReconnect(subscriber);
			}
		});
	}

	/** Reconnect a subscriber after its retry time, if the plan says so. */
	void scheduleReconnect(CrowdSubscriber subscriber) {
		if (!this.plan.reconnects() || this.closing) {
			return;
		}
		long retry = subscriber.retryMillis();
		long jitter = ThreadLocalRandom.current().nextLong(retry / 4 + 1);
		this.eventLoop.schedule(() -> connect(subscriber), retry + jitter, TimeUnit.MILLISECONDS);
	}

	void stopConnecting() {
		this.closing = true;
	}

	boolean isClosing() {
		return this.closing;
	}

}
