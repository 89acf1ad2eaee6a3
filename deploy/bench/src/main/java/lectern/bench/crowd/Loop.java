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

/** An event loop and what its subscribers share. */
final class Loop {

	private static final int IPPROTO_TCP = 6;

	private static final int TCP_MAXSEG = 2;

	private static final int SMALL_BUFFER = 4 * 1024;

	/**
	 * The loopback's own segments are larger than a small buffer, and nothing would flow.
	 */
	private static final ChannelOption<Integer> MOST_IN_A_SEGMENT = new IntegerUnixChannelOption("TCP_MAXSEG",
			IPPROTO_TCP, TCP_MAXSEG);

	private static final int ETHERNET = 1_448;

	private static final int CONNECT_LIMIT_MILLIS = 30_000;

	final Plan plan;

	final Tally tally;

	final Listener listener;

	final Receiver receiver = new Receiver();

	private final EventLoop events;

	private final Transport transport;

	private volatile boolean closing;

	Loop(Plan plan, Tally tally, Listener listener, EventLoop events, Transport transport) {
		this.plan = plan;
		this.tally = tally;
		this.listener = listener;
		this.events = events;
		this.transport = transport;
	}

	void execute(Runnable task) {
		this.events.execute(task);
	}

	/** Connect a subscriber to the server, from its own source address. */
	void connect(Subscriber subscriber) {
		if (this.closing) {
			return;
		}
		Connection connection = new Connection(subscriber, this);
		Bootstrap bootstrap = new Bootstrap().group(this.events)
			.channel(this.transport.channel())
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_LIMIT_MILLIS)
			.option(ChannelOption.RECVBUF_ALLOCATOR, this.receiver)
			.handler(connection);
		Appetite appetite = subscriber.appetite();
		if (appetite.limited()) {
			bootstrap.option(ChannelOption.SO_RCVBUF, SMALL_BUFFER)
				.option(ChannelOption.AUTO_READ, false)
				.option(ChannelOption.RECVBUF_ALLOCATOR,
						new FixedRecvByteBufAllocator(appetite.sip()).maxMessagesPerRead(1));
			if (Epoll.isAvailable()) {
				bootstrap.option(MOST_IN_A_SEGMENT, ETHERNET);
			}
		}
		ChannelFuture connected = bootstrap.connect(new InetSocketAddress("127.0.0.1", this.plan.port()),
				new InetSocketAddress(this.plan.source(subscriber.index()), 0));
		connected.addListener((_) -> {
			if (!connected.isSuccess()) {
				this.tally.failures.increment();
				comeBack(subscriber);
			}
		});
	}

	/** Have a subscriber that is not connected come back in its time, if at all. */
	void comeBack(Subscriber subscriber) {
		if (!this.plan.comesBack() || this.closing) {
			return;
		}
		long wait = subscriber.retryMillis();
		long jitter = ThreadLocalRandom.current().nextLong(wait / 4 + 1);
		this.events.schedule(() -> connect(subscriber), wait + jitter, TimeUnit.MILLISECONDS);
	}

	void connectNoMore() {
		this.closing = true;
	}

}
