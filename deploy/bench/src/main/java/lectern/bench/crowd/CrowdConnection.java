package lectern.bench.crowd;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import lectern.bench.http.ResponseHandler;
import lectern.bench.http.ResponseHead;
import lectern.bench.http.ResponseParser;
import org.jspecify.annotations.Nullable;

/** One connection of a subscriber: requests the stream and parses the response. */
final class CrowdConnection extends ChannelInboundHandlerAdapter
		implements ResponseHandler, SseParser.ParsedFrameListener {

	private static final int OK = 200;

	private final CrowdSubscriber subscriber;

	private final CrowdEventLoop eventLoop;

	private final ResponseParser responseParser = new ResponseParser(this);

	private final SseParser sseParser = new SseParser(this);

	private @Nullable Channel channel;

	private long receivedAt;

	private boolean streamOpen;

	CrowdConnection(CrowdSubscriber subscriber, CrowdEventLoop loop) {
		this.subscriber = subscriber;
		this.eventLoop = loop;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		if (this.eventLoop.isClosing()) {
			context.close();
			return;
		}
		this.channel = context.channel();
		this.sseParser.startStream(this.subscriber.lastEventId);
		this.subscriber.onConnected(this);
		context.writeAndFlush(Unpooled.wrappedBuffer(this.subscriber.encodedRequest()));
		if (this.subscriber.readRate().isLimited()) {
			context.read();
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		try {
			this.receivedAt = System.nanoTime();
			ByteBuf received = (ByteBuf) message;
			int length = received.readableBytes();
			this.eventLoop.counters.bytes.add(length);
			this.responseParser.feed(this.eventLoop.receiveBuffer.copyBytes(received), 0, length);
			if (this.responseParser.isComplete()) {
				context.close();
			}
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	/** A subscriber with a limited rate waits between two reads. */
	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		ReadRate readRate = this.subscriber.readRate();
		if (!readRate.isLimited()) {
			return;
		}
		if (!this.streamOpen) {
			context.read();
		}
		else if (readRate.bytesPerSecond() > 0) {
			context.executor().schedule(context::read, readRate.readDelayMillis(), TimeUnit.MILLISECONDS);
		}
	}

	@Override
	public void onHead(ResponseHead head) {
		this.eventLoop.counters.recordStatus(head.status());
		if (head.status() == OK) {
			this.streamOpen = true;
			this.subscriber.onOpened();
		}
		else {
			applyRetryAfter(head);
			disconnect(DisconnectMode.CLOSE);
		}
	}

	private void applyRetryAfter(ResponseHead head) {
		String seconds = head.headers().getOrDefault("Retry-After", "");
		if (seconds.matches("[0-9]{1,4}")) {
			this.subscriber.updateRetry(Integer.parseInt(seconds) * 1_000);
		}
	}

	@Override
	public void onBody(byte[] bytes, int from, int to) {
		if (this.streamOpen) {
			this.sseParser.feed(bytes, from, to);
		}
	}

	@Override
	public void onLastEventId(EventId id) {
		this.subscriber.lastEventId.set(id);
		this.eventLoop.listener.onLastEventId(this.subscriber.index(), id);
	}

	@Override
	public void onEvent(EventId id) {
		this.eventLoop.counters.events.increment();
		this.eventLoop.listener.onEvent(this.subscriber.index(), id, this.receivedAt);
	}

	@Override
	public void onNamedEvent(String name, String data) {
		this.eventLoop.counters.recordNamedEvent(name, data);
		this.eventLoop.listener.onNamedEvent(this.subscriber.index(), name, data);
	}

	@Override
	public void onRetry(int millis) {
		this.subscriber.updateRetry(millis);
	}

	void disconnect(DisconnectMode mode) {
		Channel current = this.channel;
		if (current == null) {
			return;
		}
		if (mode == DisconnectMode.RESET) {
			// With SO_LINGER 0 the system sends RST when the socket is closed.
			current.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		current.close();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.streamOpen = false;
		this.subscriber.onClosed();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
		if (failure instanceof IllegalStateException) {
			this.eventLoop.counters.protocolErrors.increment();
		}
		context.close();
	}

}
