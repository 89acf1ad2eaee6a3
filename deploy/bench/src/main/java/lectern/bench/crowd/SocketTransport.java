package lectern.bench.crowd;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * Netty's transport: native epoll where it is available, because it uses less CPU than
 * the JDK's selector.
 *
 * @param ioHandlerFactory creates the I/O handlers of event loops
 * @param channelType the channel type of the same transport
 */
record SocketTransport(IoHandlerFactory ioHandlerFactory, Class<? extends SocketChannel> channelType) {

	static SocketTransport preferred() {
		return Epoll.isAvailable() ? new SocketTransport(EpollIoHandler.newFactory(), EpollSocketChannel.class)
				: new SocketTransport(NioIoHandler.newFactory(), NioSocketChannel.class);
	}

}
