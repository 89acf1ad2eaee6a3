package lectern.web;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2PriorityFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2UnknownFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Ends an HTTP/2 connection whose client sends many frames that cost it nothing and are
 * of no use to it. Netty limits resets, empty data frames, the frames of a head and
 * acknowledgements that the client does not take; it does not limit these here as long as
 * the client reads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113#section-10.5">RFC 9113,
 * Denial-of-Service Considerations</a>
 */
final class Http2FloodLimit extends ChannelInboundHandlerAdapter {

	static final String NAME = "lectern.http2-flood-limit";

	/** As many as Netty allows resets: a client may send a ping with each of them. */
	static final int MAX_FRAMES = 200;

	static final Duration PERIOD = Duration.ofSeconds(30);

	private final Consumer<SocketAddress> onFlood;

	private final LongSupplier nanoTime;

	private long periodStart;

	private int frames;

	private boolean ended;

	private boolean reported;

	/**
	 * @param onFlood gets the address of the client whose connection is ended because of
	 * this limit or one of Netty's
	 */
	Http2FloodLimit(Consumer<SocketAddress> onFlood) {
		this(onFlood, System::nanoTime);
	}

	/**
	 * @param nanoTime the time, as {@link System#nanoTime()} tells it
	 */
	Http2FloodLimit(Consumer<SocketAddress> onFlood, LongSupplier nanoTime) {
		this.onFlood = onFlood;
		this.nanoTime = nanoTime;
		this.periodStart = nanoTime.getAsLong();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.ended || (isCounted(message) && isTooMany())) {
			ReferenceCountUtil.release(message);
			end(context);
			return;
		}
		context.fireChannelRead(message);
	}

	/**
	 * The codec has ended the connection that has broken the protocol or another limit,
	 * and a client may leave at any time. Neither is a fault to be logged.
	 */
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof IOException) {
			context.close();
		}
		else if (!(cause instanceof Http2Exception broken)) {
			context.fireExceptionCaught(cause);
		}
		else if (broken.error() == Http2Error.ENHANCE_YOUR_CALM) {
			reportOnce(context);
		}
	}

	private static boolean isCounted(Object message) {
		return message instanceof Http2SettingsFrame || (message instanceof Http2PingFrame ping && !ping.ack())
				|| message instanceof Http2PriorityFrame || message instanceof Http2UnknownFrame;
	}

	private boolean isTooMany() {
		long now = this.nanoTime.getAsLong();
		if (now - this.periodStart >= PERIOD.toNanos()) {
			this.periodStart = now;
			this.frames = 0;
		}
		return ++this.frames > MAX_FRAMES;
	}

	private void end(ChannelHandlerContext context) {
		if (!this.ended) {
			this.ended = true;
			reportOnce(context);
			context.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.ENHANCE_YOUR_CALM))
				.addListener(ChannelFutureListener.CLOSE);
		}
	}

	private void reportOnce(ChannelHandlerContext context) {
		if (!this.reported) {
			this.reported = true;
			this.onFlood.accept(context.channel().remoteAddress());
		}
	}

}
