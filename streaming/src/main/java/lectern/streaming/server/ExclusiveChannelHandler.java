package lectern.streaming.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * The only handler of a channel, in place of those that served its request. It expects no
 * more input from the client.
 */
abstract class ExclusiveChannelHandler extends ChannelDuplexHandler {

	private static final String NAME = "lectern.stream";

	/** The number of bytes after the request that are ignored. */
	private static final int MAX_EXTRA_BYTES = 16 * 1024;

	private int extraBytes;

	/**
	 * Replace a handler and all handlers behind it. The web server then considers the
	 * request done, and keeps no memory for it while the stream lasts.
	 * @param codec the name of the first handler to remove; null removes all
	 */
	final ChannelHandlerContext takeOver(Channel channel, @Nullable String codec) {
		ChannelPipeline pipeline = channel.pipeline();
		if (codec == null || pipeline.context(codec) == null) {
			pipeline.addFirst(NAME, this);
		}
		else {
			pipeline.addBefore(codec, NAME, this);
		}
		while (pipeline.last() != this) {
			pipeline.removeLast();
		}
		return pipeline.lastContext();
	}

	/** The client has sent too much after its request. */
	abstract void onProtocolViolation();

	/** The channel is writable again. */
	abstract void onChannelWritable();

	/** The channel is closed. */
	abstract void onChannelClosed();

	@Override
	public final void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof ByteBuf bytes) {
			this.extraBytes += bytes.readableBytes();
		}
		ReferenceCountUtil.release(message);
		if (this.extraBytes > MAX_EXTRA_BYTES) {
			onProtocolViolation();
		}
	}

	/** Reading goes on, because only a read detects that the client disconnects. */
	@Override
	public final void channelReadComplete(ChannelHandlerContext context) {
		context.read();
	}

	/**
	 * Drop what the web server still writes to end its response. Frames are written from
	 * this handler's own context and do not pass here.
	 */
	@Override
	public final void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		ReferenceCountUtil.release(message);
		promise.trySuccess();
	}

	@Override
	public final void channelWritabilityChanged(ChannelHandlerContext context) {
		if (context.channel().isWritable()) {
			onChannelWritable();
		}
	}

	@Override
	public final void channelInactive(ChannelHandlerContext context) {
		onChannelClosed();
	}

	@Override
	public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		onChannelClosed();
		context.close();
	}

}
