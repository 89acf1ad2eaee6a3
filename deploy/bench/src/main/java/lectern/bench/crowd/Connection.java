package lectern.bench.crowd;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import lectern.bench.http.Response;
import lectern.bench.http.ResponseHead;
import lectern.bench.http.ResponseParser;
import org.jspecify.annotations.Nullable;

/** One connection of a subscriber: asks for the stream and parses what comes. */
final class Connection extends ChannelInboundHandlerAdapter implements Response, SseParser.Frames {

	private static final int OK = 200;

	private final Subscriber subscriber;

	private final Loop loop;

	private final ResponseParser response = new ResponseParser(this);

	private final SseParser events = new SseParser(this);

	private @Nullable Channel channel;

	private long readAt;

	private boolean open;

	Connection(Subscriber subscriber, Loop loop) {
		this.subscriber = subscriber;
		this.loop = loop;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		this.channel = context.channel();
		this.events.begin(this.subscriber.last);
		this.subscriber.connected();
		context.writeAndFlush(Unpooled.wrappedBuffer(this.subscriber.request()));
		if (this.subscriber.appetite().limited()) {
			context.read();
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		try {
			this.readAt = System.nanoTime();
			ByteBuf received = (ByteBuf) message;
			int length = received.readableBytes();
			this.loop.tally.bytes.add(length);
			this.response.feed(this.loop.receiver.bytes(received), 0, length);
			if (this.response.ended()) {
				context.close();
			}
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	/** A limited reader reads a little, waits, and reads on. */
	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		Appetite appetite = this.subscriber.appetite();
		if (!appetite.limited()) {
			return;
		}
		if (!this.open) {
			context.read();
		}
		else if (appetite.bytesPerSecond() > 0) {
			context.executor().schedule(context::read, appetite.pauseMillis(), TimeUnit.MILLISECONDS);
		}
	}

	@Override
	public void head(ResponseHead head) {
		this.loop.tally.answered(head.status());
		if (head.status() == OK) {
			this.open = true;
			this.subscriber.opened(this);
		}
		else {
			retryAfter(head);
			drop(Drop.CLOSE);
		}
	}

	private void retryAfter(ResponseHead head) {
		String seconds = head.headers().getOrDefault("Retry-After", "");
		if (seconds.matches("[0-9]{1,4}")) {
			this.subscriber.retry(Integer.parseInt(seconds) * 1_000);
		}
	}

	@Override
	public void body(byte[] bytes, int from, int to) {
		if (this.open) {
			this.events.feed(bytes, from, to);
		}
	}

	@Override
	public void passed(EventId id) {
		this.subscriber.last.set(id);
		this.loop.listener.passed(this.subscriber.index(), id);
	}

	@Override
	public void event(EventId id) {
		this.loop.tally.events.increment();
		this.loop.listener.event(this.subscriber.index(), id, this.readAt);
	}

	@Override
	public void control(String name, String data) {
		this.loop.tally.control(name, data);
		this.loop.listener.control(this.subscriber.index(), name, data);
	}

	@Override
	public void retry(int millis) {
		this.subscriber.retry(millis);
	}

	void drop(Drop how) {
		Channel dropped = this.channel;
		if (dropped == null) {
			return;
		}
		if (how == Drop.RESET) {
			// The system sends RST when a socket is closed that does not linger at all.
			dropped.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		dropped.close();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.open = false;
		this.subscriber.closed(this);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
		if (failure instanceof IllegalStateException) {
			this.loop.tally.broken.increment();
		}
		context.close();
	}

}
