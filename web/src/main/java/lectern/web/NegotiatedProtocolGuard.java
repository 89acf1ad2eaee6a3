package lectern.web;

import java.util.function.Consumer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * Waits behind the handler that chooses the protocol of an encrypted connection, and then
 * has the guards of that protocol added.
 */
final class NegotiatedProtocolGuard extends ChannelInboundHandlerAdapter {

	static final String NAME = "lectern.negotiated-protocol";

	private final Consumer<ChannelPipeline> guards;

	/**
	 * @param guards adds guards to a pipeline that has the codec of its protocol
	 */
	NegotiatedProtocolGuard(Consumer<ChannelPipeline> guards) {
		this.guards = guards;
	}

	/** The codec is there by now. */
	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
			addGuards(context);
		}
		context.fireUserEventTriggered(event);
	}

	/** What has arrived together with the end of the handshake comes before its event. */
	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		addGuards(context);
		context.fireChannelRead(message);
	}

	private void addGuards(ChannelHandlerContext context) {
		if (!context.isRemoved()) {
			this.guards.accept(context.pipeline());
			context.pipeline().remove(this);
		}
	}

}
