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
 * A channel's own and only handler, in the place of those that served its request. That
 * request is all that its client has to say.
 */
abstract class ExclusiveChannelHandler extends ChannelDuplexHandler {

	private static final String NAME = "lectern.stream";

	/** Bytes after its request that are overlooked. */
	private static final int MAX_EXTRA_BYTES = 16 * 1024;

	private int extraBytes;

	/**
	 * Take the place of a handler and of all that stand behind it: whoever serves
	 * requests may see this one as done, and keeps nothing of it while the stream lasts.
	 * @param codec the name of the first handler that goes; null if all go
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

	/** The client says too much. */
	abstract void onProtocolViolation();

	/** The client can take more, after it could not. */
	abstract void onChannelWritable();

	/** The client has left. */
	abstract void onChannelClosed();

	@Override
	public final void channelRead(ChannelHandlerContext from, Object message) {
		if (message instanceof ByteBuf bytes) {
			this.extraBytes += bytes.readableBytes();
		}
		ReferenceCountUtil.release(message);
		if (this.extraBytes > MAX_EXTRA_BYTES) {
			onProtocolViolation();
		}
	}

	/** Whoever reads on notices that the client leaves. */
	@Override
	public final void channelReadComplete(ChannelHandlerContext from) {
		from.read();
	}

	/** The end of a content that others believe to have written is none of ours. */
	@Override
	public final void write(ChannelHandlerContext to, Object message, ChannelPromise promise) {
		ReferenceCountUtil.release(message);
		promise.trySuccess();
	}

	@Override
	public final void channelWritabilityChanged(ChannelHandlerContext from) {
		if (from.channel().isWritable()) {
			onChannelWritable();
		}
	}

	@Override
	public final void channelInactive(ChannelHandlerContext from) {
		onChannelClosed();
	}

	@Override
	public final void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
		onChannelClosed();
		from.close();
	}

}
